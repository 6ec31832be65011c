import { sql, TransactionRollbackError } from 'drizzle-orm';
import type { AnyDatabase } from '../any-database.ts';
import { rowsOf } from '../rows-of.ts';
import { readPlan, type Plan } from './plan.ts';
import type { Statement } from './prepared-query.ts';
import { sqlLiteral } from './sql-literal.ts';

/** A query with values for the current database. */
export interface ExplainableQuery {
  readonly name: string;
  readonly summary: string;
  statement(db: AnyDatabase): Statement;
  run(db: AnyDatabase): Promise<readonly unknown[]>;
}

/** A query with its execution plan. */
export interface Explained {
  readonly name: string;
  readonly summary: string;
  readonly sql: string;
  readonly params: readonly unknown[];
  readonly plan: Plan;
  readonly rows: number;
  /** Median of several runs of the prepared query, including the round trip. */
  readonly milliseconds: number;
}

const RUNS = 9;

/** Times a query, and reads its plan. A query that writes is rolled back. */
export async function explainQuery(db: AnyDatabase, query: ExplainableQuery): Promise<Explained> {
  const found: Explained[] = [];
  await db
    .transaction(async (tx) => {
      found.push(await explainIn(tx, query));
      tx.rollback();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TransactionRollbackError)) throw error;
    });
  return found[0] as Explained;
}

async function explainIn(db: AnyDatabase, query: ExplainableQuery): Promise<Explained> {
  const times: number[] = [];
  let rows = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    ({ length: rows } = await query.run(db));
    times.push(performance.now() - start);
  }
  const statement = query.statement(db);
  return {
    name: query.name,
    summary: query.summary,
    ...statement,
    plan: await explainStatement(db, statement),
    rows,
    milliseconds: times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0,
  };
}

/** Runs a statement with EXPLAIN (ANALYZE, BUFFERS). */
export async function explainStatement(db: AnyDatabase, statement: Statement): Promise<Plan> {
  const [row] = await rowsOf<{ 'QUERY PLAN': unknown }>(
    db,
    sql`explain (analyze, buffers, format json) ${sql.raw(withValues(statement))}`,
  );
  return readPlan(row?.['QUERY PLAN']);
}

/** The statement with its values as literals. */
const withValues = ({ sql: text, params }: Statement): string =>
  text.replaceAll(/\$(\d+)/g, (_, at: string) => sqlLiteral(params[Number(at) - 1]));
