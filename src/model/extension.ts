/** A Postgres extension. */
export interface Extension {
  readonly name: string;
  /** It is created where the server has it, and may be missing elsewhere. */
  readonly optional?: true;
  /**
   * Indexes that exist only where the extension does: their names, and what
   * follows ON, as SQL.
   */
  readonly indexes: Readonly<Record<string, string>>;
}
