/** The primary key of a table. */
export interface PrimaryKey {
  readonly name: string;
  /** Its name in the definitions, if that is longer than Postgres's limit of 63 bytes. */
  readonly cutFrom?: string;
  /** The columns, by their names in SQL, in the order of the key. */
  readonly columns: readonly string[];
  /** Those of the columns that belong to another table, which is an error. */
  readonly foreign?: readonly string[];
}
