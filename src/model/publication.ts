/** What logical replication hands out: exactly these columns of these tables. */
export interface Publication {
  readonly name: string;
  /** By schema and name. */
  readonly tables: readonly PublishedTable[];
}

export interface PublishedTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly PublishedColumn[];
  /** The columns, by name in SQL, that tell a changed row from the others: its replica identity. */
  readonly key: readonly string[];
  /**
   * The key is a unique constraint, not the primary key: Postgres has to be told
   * that it identifies rows, or it refuses every UPDATE of a published table.
   */
  readonly identifiedByUnique: boolean;
}

interface PublishedColumn {
  readonly name: string;
  /** As `format_type` prints it, with the words of an enum behind it. */
  readonly type: string;
}
