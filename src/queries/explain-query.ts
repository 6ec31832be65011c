import { sql } from 'drizzle-orm';
import { causesOf } from '../report/causes-of.ts';
import { ProblemError } from '../report/problem.ts';
import type { NamedQuery } from '../apps/garden/queries/every-query.ts';
import type { GardenDatabase } from './prepared-query.ts';
import { findSamples, type Samples } from '../apps/garden/queries/sample-values.ts';

/** A query as Postgres carried it out. */
export interface Explained {
  readonly name: string;
  readonly sql: string;
  readonly params: readonly unknown[];
  /** The lines of EXPLAIN (ANALYZE, BUFFERS). */
  readonly plan: readonly string[];
  readonly rows: number;
  /** The middle of several runs, prepared, with the way to the server and back. */
  readonly milliseconds: number;
}

const RUNS = 9;

/** Runs a query on rows of the garden at hand, and asks how Postgres did it. */
export async function explainQuery(db: GardenDatabase, query: NamedQuery): Promise<Explained> {
  const samples = await samplesOf(db);
  const times: number[] = [];
  let rows = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    ({ length: rows } = await query.run(db, samples));
    times.push(performance.now() - start);
  }
  const statement = query.statement(db, samples);
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

async function samplesOf(db: GardenDatabase): Promise<Samples> {
  const samples = await findSamples(db).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
    throw new ProblemError(
      {
        code: 'database/no-garden',
        message: 'the database has no garden, or is another than migrations make.',
        fix: 'run `garden migrate` first, with the same database.',
      },
      { cause: error },
    );
  });
  if (samples !== undefined) return samples;
  throw new ProblemError({
    code: 'queries/empty',
    message: 'the garden is empty: there is nothing to ask about.',
    fix: 'run `garden seed` first.',
  });
}

/** Undefined tables, columns and functions. */
const MISSING: ReadonlySet<unknown> = new Set(['42P01', '42703', '42883']);

const isMissing = (error: unknown): boolean =>
  [...causesOf(error)].some((one) => 'code' in one && MISSING.has(one.code));

/** The text with its values in it: EXPLAIN takes no parameters over the simple protocol. */
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

/** What a driver gives for a statement: a list, or an object that has one. */
async function rowsOf<Row>(
  db: GardenDatabase,
  statement: ReturnType<typeof sql>,
): Promise<readonly Row[]> {
  const result = (await db.execute(statement)) as unknown as
    | readonly Row[]
    | { readonly rows: readonly Row[] };
  return 'rows' in result ? result.rows : result;
}
