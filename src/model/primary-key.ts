/** The primary key of a table. */
export interface PrimaryKey {
  readonly name: string;
  /** The columns, by their names in SQL, in the order of the key. */
  readonly columns: readonly string[];
}
