import type { AnyDatabase } from '../../../postgres/any-database.ts';
import type { ExplainableQuery } from '../../../postgres/queries/explain-query.ts';
import { explainable } from '../../../postgres/queries/explainable.ts';
import type { QueryValues } from '../../../postgres/queries/prepared-query.ts';
import { causesOf } from '../../../report/causes-of.ts';
import { ProblemError } from '../../../report/problem.ts';
import { notMigrated } from '../not-migrated.ts';
import { everyQuery } from './every-query.ts';
import { findSamples, type Samples } from './find-samples.ts';

/** Finds a query by name. Without values it gets sample values from the database. */
export async function findQuery(
  db: AnyDatabase,
  name: string,
  values?: QueryValues,
): Promise<ExplainableQuery> {
  const query = everyQuery.find((one) => one.name === name)?.query;
  if (query === undefined) throw new TypeError(`the garden has no query ${name}`);
  return explainable(query, db, values ?? query.sample(await samplesOf(db)));
}

async function samplesOf(db: AnyDatabase): Promise<Samples> {
  const samples = await findSamples(db).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
    throw notMigrated('a table, a column or a function of the garden', { cause: error });
  });
  if (samples !== undefined) return samples;
  throw new ProblemError({
    code: 'queries/empty',
    message: 'the garden has no data to run the query on.',
    fix: 'run `garden seed --app garden` first.',
  });
}

/** SQLSTATEs for undefined tables, columns and functions. */
const MISSING: ReadonlySet<unknown> = new Set(['42P01', '42703', '42883']);

const isMissing = (error: unknown): boolean =>
  [...causesOf(error)].some((one) => 'code' in one && MISSING.has(one.code));
