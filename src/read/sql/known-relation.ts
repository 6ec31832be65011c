/** A table or an index, as it was after the last statement. */
export interface KnownRelation {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly file: string;
  /** The oid of its table, for an index. */
  readonly table: string | null;
  /** The oid of the partitioned table that it is a partition of. */
  readonly parent: string | null;
  /** The statement that creates it, for an index. */
  readonly create: string | null;
  readonly columns: readonly KnownColumn[];
}

export interface KnownColumn {
  readonly number: number;
  readonly name: string;
  readonly required: boolean;
  readonly isGenerated: boolean;
}
