import { sql } from 'drizzle-orm';
import type { AnyDatabase } from '../postgres/any-database.ts';
import { rowsOf } from '../postgres/rows-of.ts';
import type { Statement } from './prepared-query.ts';

/** A query with sample values that match rows in the current database. */
export interface ExplainableQuery {
  readonly name: string;
  readonly summary: string;
  statement(db: AnyDatabase): Statement;
  run(db: AnyDatabase): Promise<readonly unknown[]>;
}

/** A query with its execution plan. */
export interface Explained {
  readonly name: string;
  readonly sql: string;
  readonly params: readonly unknown[];
  /** The lines of EXPLAIN (ANALYZE, BUFFERS). */
  readonly plan: readonly string[];
  readonly rows: number;
  /** Median of several runs of the prepared query, including the round trip. */
  readonly milliseconds: number;
}

const RUNS = 9;

/** Times a query, and reads its plan with EXPLAIN. */
export async function explainQuery(db: AnyDatabase, query: ExplainableQuery): Promise<Explained> {
  const times: number[] = [];
  let rows = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    ({ length: rows } = await query.run(db));
    times.push(performance.now() - start);
  }
  const statement = query.statement(db);
  const found = await rowsOf<{ 'QUERY PLAN': string }>(
    db,
    sql`explain (analyze, buffers) ${sql.raw(withValues(statement))}`,
  );
  return {
    name: query.name,
    ...statement,
    plan: found.map((row) => row['QUERY PLAN']),
    rows,
    milliseconds: times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0,
  };
}

/** The statement with inlined values: EXPLAIN accepts no parameters over the simple protocol. */
export function withValues({
  sql: text,
  params,
}: {
  readonly sql: string;
  readonly params: readonly unknown[];
}): string {
  return text.replaceAll(/\$(\d+)/g, (_, at: string) => {
    const value = String(params[Number(at) - 1]).replaceAll("'", "''");
    return `'${value}'`;
  });
}
