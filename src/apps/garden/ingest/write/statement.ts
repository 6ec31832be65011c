import { statement, type PreparingDatabase, type Statement } from '../../queue/prepared.ts';

export { prepared, statement, type Statement } from '../../queue/prepared.ts';

/** A Drizzle database or transaction, of any driver. Without a session, statements are planned each time. */
export type Statements = PreparingDatabase;

/** A Drizzle database, of any driver and schema. */
export interface IngestDatabase extends Statements {
  transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result>;
}

/**
 * Until the transaction ends, plans are made for tables of any size, and kept. What
 * Postgres knows of a table that is just being filled is out of date: a plan that
 * reads all of an empty table would be kept until that is a hundred thousand rows.
 */
export const planForGrowth = (): Statement => statement`
  select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;

/** Rows in one statement. Large enough that its own cost is nothing, small enough for memory. */
export const CHUNK = 5_000;

/** A Postgres array as text. It is sent as text, because drivers differ in what they make of arrays. */
export const arrayOf = (values: readonly (string | boolean | null)[]): string =>
  `{${values.map((value) => (typeof value === 'string' ? quoted(value) : String(value))).join()}}`;

/** An element of an array, whatever it holds. */
export const quoted = (value: string): string => `"${value.replace(/["\\]/g, String.raw`\$&`)}"`;
