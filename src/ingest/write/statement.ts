import type { SQL } from 'drizzle-orm';

/** A Drizzle database or transaction, of any driver. */
export interface Statements {
  execute(query: SQL): PromiseLike<unknown>;
}

/** A Drizzle database, of any driver and schema. */
export interface IngestDatabase extends Statements {
  transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result>;
}

/** Runs a statement and gives its rows. postgres.js gives them as they are, other drivers in an object. */
export async function rowsOf<Row>(db: Statements, query: SQL): Promise<readonly Row[]> {
  const result = await db.execute(query);
  // What the rows are is known only to who wrote the statement.
  return (Array.isArray(result) ? result : (result as { rows: unknown }).rows) as readonly Row[];
}

/** Rows in one statement: one text for all of them, whatever their number. */
const CHUNK = 5_000;

/** Rows as the texts of JSON arrays, each small enough for one statement. */
export function* jsonChunks(rows: readonly object[]): Generator<string> {
  for (let at = 0; at < rows.length; at += CHUNK) {
    yield JSON.stringify(rows.slice(at, at + CHUNK));
  }
}
