import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { AST } from '@rocicorp/zero';
import type { Database } from '@rocicorp/zero/zqlite';

/**
 * Internals of zero-cache that the package does not export: planning and building of a
 * query, and the choice of rows to send to a client.
 */
export interface ZeroInternals {
  buildPipeline(ast: AST, delegate: object, id: string, costModel?: CostModel): Pipeline;
  /** zero-cache's choice of the rows to send to a client. */
  hydrate(
    input: Pipeline,
    hash: string,
    clientSchema: object,
    tableSpecs: object,
  ): Iterable<'yield' | SyncedRow>;
  listTables(db: Database, columnMetadata: boolean, tableMetadata: boolean): object;
  listIndexes(db: Database): object;
  computeZqlSpecsFromLiteSpecs(tables: object, indexes: object, options: object): object;
  createSQLiteCostModel(db: Database, tableSpecs: object): CostModel;
  resolveSimpleScalarSubqueries(
    ast: AST,
    tableSpecs: object,
    execute: (subquery: AST, childField: string) => unknown,
  ): { readonly ast: AST };
}

/** Estimates the cost of reading a table, from its statistics. */
export type CostModel = (...asked: readonly unknown[]) => unknown;

export interface Pipeline {
  fetch(request: object): Iterable<'yield' | PipelineNode>;
  destroy(): void;
}

export interface PipelineNode {
  readonly row: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, () => Iterable<'yield' | PipelineNode>>>;
}

export interface SyncedRow {
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

const PARTS = [
  'zql/src/builder/builder.js',
  'zero-cache/src/services/view-syncer/pipeline-driver.js',
  'zero-cache/src/db/lite-tables.js',
  'zqlite/src/sqlite-cost-model.js',
  'zqlite/src/resolve-scalar-subqueries.js',
];

export async function zeroInternals(): Promise<ZeroInternals> {
  const entry = pathToFileURL(createRequire(import.meta.url).resolve('@rocicorp/zero/zqlite'));
  const parts = await Promise.all(
    PARTS.map((part): Promise<object> => import(new URL(`../../${part}`, entry).href)),
  );
  // The types above are those of Zero 1.9.0; the test of this adapter fails if they change.
  return Object.assign({}, ...parts) as ZeroInternals;
}
