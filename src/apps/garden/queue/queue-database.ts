import type { SQL } from 'drizzle-orm';
import { rowsOf } from '../../../postgres/rows-of.ts';

/** A Drizzle database or transaction, of any driver. */
export interface QueueDatabase {
  execute(query: SQL): PromiseLike<unknown>;
}

/**
 * Runs a function of the queue and parses its answer. The answer is JSON as text, because drivers
 * decode times, arrays and big numbers differently.
 */
export async function ask<Answer>(db: QueueDatabase, query: SQL): Promise<Answer> {
  const [row] = await rowsOf<{ readonly answer: string | null }>(db, query);
  return JSON.parse(row?.answer ?? 'null') as Answer;
}

/** A Postgres array literal. Only for values that need no quoting. */
export const arrayText = (values: readonly (string | number | undefined)[]): string =>
  `{${values.map((value) => value ?? 'null').join()}}`;
