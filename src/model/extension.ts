/** A Postgres extension. */
export interface Extension {
  readonly name: string;
  /** The schema of its objects; absent for definitions, which do not name one. */
  readonly schema?: string;
  /** Created only if the server has it. */
  readonly optional?: true;
  /**
   * Indexes that exist only if the extension does: their names, and the SQL that
   * follows ON.
   */
  readonly indexes: Readonly<Record<string, string>>;
}
