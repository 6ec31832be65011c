/** An index that no constraint owns. */
export interface TableIndex {
  readonly name: string;
  /** Its name in the definitions, if that is longer than Postgres's limit of 63 bytes. */
  readonly cutFrom?: string;
  /** Set if its SQL has parameters, which drizzle-kit writes as `$1`. */
  readonly hasParameters?: true;
  readonly unique: boolean;
  /** `btree`, `gin`, … */
  readonly method: string;
  readonly columns: readonly IndexColumn[];
  /** INCLUDE columns: stored in the index, but not part of its key. */
  readonly included: readonly string[];
  /** The condition of a partial index, as SQL. */
  readonly where?: string;
  readonly nullsNotDistinct: boolean;
  /** Storage parameters: `{ fillfactor: '70' }`. */
  readonly with: Readonly<Record<string, string>>;
  /** It has an expression and no name, so drizzle-kit refuses it. */
  readonly unnamed?: true;
  /** A concurrent build failed, so no query uses the index. */
  readonly invalid?: true;
}

/** A key of an index: a column, by its name in SQL, or an expression. */
export type IndexColumn = ({ readonly column: string } | { readonly expression: string }) & {
  /** Present if it is not the default of the column's type. */
  readonly opclass?: string;
  /** Present if it is not the column's collation. */
  readonly collation?: string;
  readonly order: 'asc' | 'desc';
  readonly nulls: 'first' | 'last';
  /** drizzle-kit drops the order, because the key has an operator class too. */
  readonly orderLost?: true;
};
