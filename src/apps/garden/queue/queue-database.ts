import type { SQL } from 'drizzle-orm';

/** A Drizzle database or transaction, of any driver. */
export interface QueueDatabase {
  execute(query: SQL): PromiseLike<unknown>;
}

/** The rows of a query. postgres.js gives them as they are, the other drivers in an object. */
export async function rowsOf<Row>(db: QueueDatabase, query: SQL): Promise<readonly Row[]> {
  const result = await db.execute(query);
  const rows = Array.isArray(result) ? result : (result as { readonly rows: unknown }).rows;
  return rows as readonly Row[];
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
