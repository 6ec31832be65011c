/** A publication for logical replication: exactly these columns of these tables. */
export interface Publication {
  readonly name: string;
  /** By schema and name. */
  readonly tables: readonly PublishedTable[];
}

export interface PublishedTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly PublishedColumn[];
  /** The replica identity: the columns, by name in SQL, that identify a changed row. */
  readonly key: readonly string[];
  /**
   * The key is a unique constraint, not the primary key. It must be set as the replica
   * identity, or Postgres refuses every UPDATE of the published table.
   */
  readonly identifiedByUnique: boolean;
}

interface PublishedColumn {
  readonly name: string;
  /** As `format_type` prints it, followed by the values of an enum. */
  readonly type: string;
}
