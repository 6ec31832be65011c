/** How long a table keeps its rows. */
export interface Retention {
  /** The time column, by its name in SQL. Rows in which it is NULL are kept. */
  readonly column: string;
  /** An interval as SQL: `30 days`. */
  readonly age: string;
  /** Rows are written to the archive before they are deleted. */
  readonly archive?: true;
  readonly perOwner?: OwnerLimit;
}

/** The limit that the owner of a row has set in another table. Columns are named as in SQL. */
export interface OwnerLimit {
  /** The column of the rows that names the owner. */
  readonly owner: string;
  /** The id of the table with the limits. */
  readonly table: string;
  /** The column that equals `owner`. At most one row has each value. */
  readonly key: string;
  /** The number of days. If it is NULL, or if the owner has no row, the default age applies. */
  readonly days: string;
  /** If it is false, all rows of the owner are kept. */
  readonly enabled?: string;
}
