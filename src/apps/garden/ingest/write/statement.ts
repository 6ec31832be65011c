import { statement, type PreparingDatabase, type Statement } from '../../queue/prepared.ts';

export { prepared, statement, type Statement } from '../../queue/prepared.ts';

/**
 * A Drizzle database or transaction of any driver. Without a session, each statement is planned
 * again.
 */
export type Statements = PreparingDatabase;

/** A Drizzle database of any driver and schema. */
export interface IngestDatabase extends Statements {
  transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result>;
}

/**
 * Forces generic index plans until the transaction ends. The statistics of a table that is being
 * filled are out of date: a cached plan with a sequential scan of an empty table would still be
 * used with a hundred thousand rows.
 */
export const planForGrowth = (): Statement => statement`
  select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;

/** Rows per statement. Large enough to amortize the statement, small enough for memory. */
export const CHUNK = 5_000;

/** A Postgres array literal. Sent as text, because drivers encode arrays differently. */
export const arrayOf = (values: readonly (string | boolean | null)[]): string =>
  `{${values.map((value) => (typeof value === 'string' ? quoted(value) : String(value))).join()}}`;

/** A quoted array element. */
export const quoted = (value: string): string => `"${value.replace(/["\\]/g, String.raw`\$&`)}"`;
