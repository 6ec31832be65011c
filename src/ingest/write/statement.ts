import { createHash } from 'node:crypto';
import { sql, type Query, type SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';

/** A Drizzle database or transaction, of any driver. */
export interface Statements {
  execute(query: SQL): PromiseLike<unknown>;
  /** What Drizzle prepares statements by. Without it they are planned each time. */
  readonly _?: { readonly session: Session };
}

/** A Drizzle database, of any driver and schema. */
export interface IngestDatabase extends Statements {
  transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result>;
}

interface Session {
  prepareQuery(
    query: Query,
    fields: undefined,
    name: string,
    asArrays: boolean,
  ): { execute(): Promise<unknown> };
}

/** Runs a statement and gives its rows. postgres.js gives them as they are, other drivers in an object. */
export async function rowsOf<Row>(db: Statements, query: SQL): Promise<readonly Row[]> {
  const result = await db.execute(query);
  // What the rows are is known only to who wrote the statement.
  return (Array.isArray(result) ? result : (result as { rows: unknown }).rows) as readonly Row[];
}

const dialect = new PgDialect();
const names = new Map<string, string>();

/**
 * Runs a statement of a transaction that `planForGrowth` began, planned once a
 * connection. Several that are begun without waiting go over the wire together, and
 * run in the order in which they were begun.
 */
export async function prepared<Row>(tx: Statements, query: SQL): Promise<readonly Row[]> {
  const session = tx._?.session;
  if (session === undefined) return rowsOf(tx, query);
  const built = dialect.sqlToQuery(query);
  const result = await session.prepareQuery(built, undefined, nameOf(built.sql), false).execute();
  return (Array.isArray(result) ? result : (result as { rows: unknown }).rows) as readonly Row[];
}

/** Drivers that call a statement by a name of ours need one for each text. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `ingest_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, name);
  }
  return name;
}

/**
 * Until the transaction ends, plans are made for tables of any size, and kept. What
 * Postgres knows of a table that is just being filled is out of date: a plan that
 * reads all of an empty table would be kept until that is a hundred thousand rows.
 */
export const planForGrowth: SQL = sql`
  select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;

/** Rows in one statement. Large enough that its own cost is nothing, small enough for memory. */
export const CHUNK = 5_000;

/** A Postgres array as text. It is sent as text, because drivers differ in what they make of arrays. */
export const arrayOf = (values: readonly (string | boolean | null)[]): string =>
  `{${values.map((value) => (typeof value === 'string' ? quoted(value) : String(value))).join()}}`;

/** An element of an array, whatever it holds. */
export const quoted = (value: string): string => `"${value.replace(/["\\]/g, String.raw`\$&`)}"`;
