import { getTableUniqueName } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import { bucketNumbers, costOf, keyOf, type BucketLimit } from './bucket-numbers.ts';
import { limitProblem } from './limit-problem.ts';
import { qualifiedName, quoted } from '../postgres/qualified-name.ts';
import { runStatement, type LimitDatabase } from './run-statement.ts';

/** A table with the columns of the kit's `bucketColumns()`. */
export type BucketTable = PgTable & Readonly<Record<'key' | 'fullAt', AnyPgColumn>>;

/** Whether tokens were taken. */
export type Taken =
  | { readonly allowed: true; readonly remaining: number }
  | {
      readonly allowed: false;
      readonly remaining: number;
      /** Milliseconds after which the tokens are there, if nobody else takes them. */
      readonly retryAfter: number;
    };

export interface TakeOptions {
  /** Tokens to take. Default: 1. */
  readonly cost?: number;
  /** Another limit than that of the bucket, for example of the plan of a user. */
  readonly limit?: BucketLimit;
}

/** A rate limit for many keys. */
export interface TokenBucket {
  /** Takes tokens, all or none. `key` is whom the limit counts: a user, an address. */
  take(db: LimitDatabase, key: string, options?: TakeOptions): Promise<Taken>;
  /** Deletes buckets that are full, which are as good as absent. Returns their number. */
  sweep(db: LimitDatabase): Promise<number>;
}

/**
 * A token bucket in one statement, by the clock of the database: exact for any number of
 * concurrent callers. A refused call writes nothing. Run it as the server: the principal has no
 * privileges on the table.
 *
 * @example
 * const rateLimits = pgTable('rate_limits', { ...bucketColumns() });
 * const limit = { capacity: 20, refill: 20, per: 60_000 };
 * const messages = tokenBucket(rateLimits, { name: 'messages', ...limit });
 * const taken = await messages.take(db, 'user 7');
 * if (!taken.allowed) throw new Error(`try again in ${taken.retryAfter} ms`);
 */
export function tokenBucket(
  table: BucketTable,
  bucket: BucketLimit & {
    /** The start of the keys, so that several limits can share a table. */
    readonly name: string;
  },
): TokenBucket {
  const own = bucketNumbers(bucket);
  const on = qualifiedName(table);
  const [key, fullAt] = [quoted(table.key.name), quoted(table.fullAt.name)];
  const take = `with taken as (
  insert into ${on} as b (${key}, ${fullAt}) values ($1::text, ${NOW} + $2::text::bigint)
  on conflict (${key}) do update
  set ${fullAt} = greatest(b.${fullAt} + $2::text::bigint, excluded.${fullAt})
  where b.${fullAt} + $2::text::bigint <= excluded.${fullAt} - $2::text::bigint + $3::text::bigint
  returning ${NOW} + $3::text::bigint - ${fullAt} as free
)
select true as allowed, free::text from taken
union all
select false, (${NOW} + $3::text::bigint - b.${fullAt})::text from ${on} b
where b.${key} = $1::text and not exists (select from taken)`;
  const sweep = `with gone as (delete from ${on} where ${fullAt} <= ${NOW} returning 1)
select count(*)::text as count from gone`;
  const run = async (db: LimitDatabase, text: string, parameters: readonly string[]) => {
    try {
      return await runStatement(db, text, parameters);
    } catch (error) {
      throw limitProblem(error, getTableUniqueName(table));
    }
  };
  return {
    async take(db, whom, { cost = 1, limit } = {}) {
      const numbers = limit ? bucketNumbers(limit) : own;
      const price = costOf(cost, numbers);
      const [row] = await run(db, take, [
        keyOf(bucket.name, whom),
        String(price),
        String(numbers.full),
      ]);
      // Without a row, another caller inserted the bucket during the statement.
      const free = Math.max(0, Number(row?.['free'] ?? 0));
      const remaining = Math.floor(free / numbers.token);
      if (row?.['allowed'] === true) return { allowed: true, remaining };
      const missing = Math.max(price - free, numbers.token);
      return { allowed: false, remaining, retryAfter: Math.ceil(missing / 1e6) };
    },
    async sweep(db) {
      const [row] = await run(db, sweep, []);
      return Number(row?.['count'] ?? 0);
    },
  };
}

/**
 * Nanoseconds since 1970, the same in all of the statement. A double holds microseconds until the
 * year 2255, and costs a fraction of the numeric that extract() returns.
 */
const NOW = `((date_part('epoch', statement_timestamp()) * 1000000::float8)::bigint * 1000)`;
