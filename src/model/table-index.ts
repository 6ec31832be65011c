/** An index that no constraint owns. */
export interface TableIndex {
  readonly name: string;
  readonly unique: boolean;
  /** `btree`, `gin`, … */
  readonly method: string;
  readonly columns: readonly IndexColumn[];
  /** Columns that the index stores and does not sort by: INCLUDE. */
  readonly included: readonly string[];
  /** The condition of a partial index, as SQL. */
  readonly where?: string;
  readonly nullsNotDistinct: boolean;
  /** Storage parameters: `{ fillfactor: '70' }`. */
  readonly with: Readonly<Record<string, string>>;
  /** A build of it failed: no query uses it. */
  readonly invalid?: true;
}

/** What an index sorts by: a column by its name in SQL, or an expression. */
export type IndexColumn = ({ readonly column: string } | { readonly expression: string }) & {
  /** Where it is not the default of the column's type. */
  readonly opclass?: string;
  /** Where it is not that of the column. */
  readonly collation?: string;
  readonly order: 'asc' | 'desc';
  readonly nulls: 'first' | 'last';
};
