/** A Postgres extension. */
export interface Extension {
  readonly name: string;
  /**
   * Indexes that exist only where the extension does: their names, and what
   * follows ON, as SQL.
   */
  readonly indexes: Readonly<Record<string, string>>;
}
