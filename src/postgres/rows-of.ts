import type { SQL } from 'drizzle-orm';

/** A Drizzle database or transaction, of any driver. */
interface Executing {
  execute(query: SQL): PromiseLike<unknown>;
}

/**
 * The rows of a query. postgres.js returns an array, other drivers an object with `rows`.
 * Only the caller knows the row type.
 */
export async function rowsOf<Row>(db: Executing, query: SQL): Promise<readonly Row[]> {
  const result = await db.execute(query);
  const rows = Array.isArray(result) ? result : (result as { readonly rows: unknown }).rows;
  return rows as readonly Row[];
}
