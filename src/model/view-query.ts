import type { ColumnType } from './column-type.ts';

/** The result columns and sources of a view's query. */
export interface ViewQuery {
  /** In the order of the query. */
  readonly columns: readonly ViewColumn[];
  /**
   * The id of the only relation in FROM, if Postgres can insert into the view and update
   * it without triggers.
   */
  readonly updates?: string;
}

/** A column of a view. */
export interface ViewColumn {
  /** The name in SQL. */
  readonly name: string;
  /** The selected column; absent for an expression. */
  readonly from?: ColumnSource;
  /** The type of an expression that casts; absent if only the database knows it. */
  readonly type?: ColumnType;
}

/** A column of a table or a view. */
export interface ColumnSource {
  /** The id of the relation. */
  readonly relation: string;
  /** The name in SQL. */
  readonly column: string;
}
