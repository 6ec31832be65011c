/** A Postgres extension. */
export interface Extension {
  readonly name: string;
  /** Created only if the server has it. */
  readonly optional?: true;
  /**
   * Indexes that exist only if the extension does: their names, and the SQL that
   * follows ON.
   */
  readonly indexes: Readonly<Record<string, string>>;
}
