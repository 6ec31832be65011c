import type { SQL } from 'drizzle-orm';
import { rowsOf } from '../../../postgres/rows-of.ts';

/** A Drizzle database or transaction, of any driver. */
export interface QueueDatabase {
  execute(query: SQL): PromiseLike<unknown>;
}

/**
 * The answer of one of the queue's functions, which is JSON as text: times, arrays and
 * big numbers look different with every driver, and this does not.
 */
export async function ask<Answer>(db: QueueDatabase, query: SQL): Promise<Answer> {
  const [row] = await rowsOf<{ readonly answer: string | null }>(db, query);
  return JSON.parse(row?.answer ?? 'null') as Answer;
}

/** A Postgres array as text, for values that need no quoting in one. */
export const arrayText = (values: readonly (string | number | undefined)[]): string =>
  `{${values.map((value) => value ?? 'null').join()}}`;
