import type { SQL } from 'drizzle-orm';

/** A Drizzle database or transaction, of any driver. */
interface Executing {
  execute(query: SQL): PromiseLike<unknown>;
}

/** Fields of postgres.js, node-postgres and PGlite. */
const FIELDS = ['count', 'rowCount', 'affectedRows'] as const;

/** Runs INSERT, UPDATE or DELETE. Returns its number of rows. */
export async function changedRows(db: Executing, statement: SQL): Promise<number> {
  const result = (await db.execute(statement)) as Partial<Record<(typeof FIELDS)[number], number>>;
  const count = FIELDS.map((field) => result[field]).find((one) => typeof one === 'number');
  if (count === undefined) throw new TypeError('the driver does not count the rows of a statement');
  return count;
}
