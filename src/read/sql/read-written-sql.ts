import type { Schema } from '../../model/schema.ts';
import type { SqlFunction } from '../../model/sql-function.ts';
import type { ViewQuery } from '../../model/view-query.ts';
import { openParser } from './open-parser.ts';
import { readFunctions } from './read-functions.ts';
import { readViewQuery } from './read-view-query.ts';

/** Facts that only the SQL text of a schema contains. */
export interface WrittenSql {
  /** The queries of views, by the ids of the views. */
  readonly queries: ReadonlyMap<string, ViewQuery>;
  /** The functions of the companion SQL. */
  readonly functions: readonly SqlFunction[];
}

/** Reads the views and the functions of a schema from their SQL. */
export async function readWrittenSql({ tables, views, companion }: Schema): Promise<WrittenSql> {
  const statements = companion.map(({ create }) => create).filter((sql) => /function/i.test(sql));
  const queries = new Map<string, ViewQuery>();
  if (statements.length === 0 && views.every(({ sql }) => sql === undefined)) {
    return { queries, functions: [] };
  }
  const parse = await openParser();
  const tableById = new Map(tables.map((table) => [table.id, table]));
  const waiting = new Map(views.map((view) => [view.id, view]));
  const read = (id: string): void => {
    const view = waiting.get(id);
    // Removed first, because a view may name itself by mistake.
    waiting.delete(id);
    if (view?.sql === undefined) return;
    const query = readViewQuery(view.sql, parse, columnsOf);
    if (query) queries.set(id, query);
  };
  const columnsOf = (id: string): readonly string[] | undefined => {
    read(id);
    const of = tableById.get(id) ?? queries.get(id) ?? views.find((view) => view.id === id);
    return of?.columns?.map(({ name }) => name);
  };
  for (const { id } of views) read(id);
  return { queries, functions: readFunctions(statements, parse) };
}
