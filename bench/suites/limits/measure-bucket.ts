import postgres, { type Sql } from 'postgres';
import { startPostgres } from '../../../src/processes/postgres-server.ts';
import { tokenBucket, type TokenBucket } from '../../../src/server.ts';
import { install } from '../../../test/kit/install.ts';
import { limitSchema, rateLimits } from '../../../test/limits/limit-tables.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import type { Sample } from '../../frame/summarise.ts';

const KEYS = 1000;
/** Each key has tokens for the whole measurement. */
const PLENTY = { name: 'plenty', capacity: 1e6, refill: 1e6, per: 60_000 };
const key = (at: number): string => `user ${at % KEYS}`;

/** Calls per second of one connection, and the exactness under load. */
export async function* measureBucket(context: Context): AsyncGenerator<Measurement, void> {
  context.progress('starting Postgres');
  await using server = await startPostgres({ settings: { max_connections: '60' } });
  const url = await server.createDatabase();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const many = postgres(url, { max: 16, onnotice: () => {} });
  try {
    await install({ exec: (text: string) => sql.unsafe(text).simple() } as never, limitSchema);
    await createByHand(sql);
    yield* measureSpeed(context, sql);
    yield await countAboveLimit(context, many);
  } finally {
    await Promise.all([sql.end(), many.end()]);
  }
}

async function createByHand(sql: Sql): Promise<void> {
  await sql`create unlogged table by_hand (
    key text primary key, tokens float8 not null, refilled_at timestamptz not null
  ) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05)`;
  await sql`insert into by_hand select 'user ' || n, 1e6, now() from generate_series(0, ${KEYS - 1}::int) n`;
}

async function* measureSpeed(context: Context, sql: Sql): AsyncGenerator<Measurement, void> {
  const bucket = tokenBucket(rateLimits, PLENTY);
  for (let at = 0; at < KEYS; at += 1) await bucket.take(sql, key(at));
  await sql`vacuum analyze rate_limits`;
  await sql`vacuum analyze by_hand`;
  let calls = 0;
  const { capacity, refill, per } = PLENTY;
  const rate = refill / per;
  const times = await context.contest(
    {
      ours: () => bucket.take(sql, key((calls += 1))),
      // Creates missing rows, as ours does.
      upsert: () =>
        sql`insert into by_hand as b (key, tokens, refilled_at)
          values (${key((calls += 1))}, ${capacity - 1}, now())
          on conflict (key) do update set
            tokens = least(${capacity}, b.tokens + extract(epoch from now() - b.refilled_at)::float8 * 1000 * ${rate}) - 1,
            refilled_at = now()
          where least(${capacity}, b.tokens + extract(epoch from now() - b.refilled_at)::float8 * 1000 * ${rate}) >= 1
          returning tokens`,
      // Needs a row for every key.
      update: () =>
        sql`update by_hand b set
            tokens = least(${capacity}, b.tokens + extract(epoch from now() - b.refilled_at)::float8 * 1000 * ${rate}) - 1,
            refilled_at = now()
          where key = ${key((calls += 1))}
            and least(${capacity}, b.tokens + extract(epoch from now() - b.refilled_at)::float8 * 1000 * ${rate}) >= 1
          returning tokens`,
    },
    { rounds: 31, minimumMs: 60 },
  );
  const fastest = times.update.median < times.upsert.median ? 'update' : 'upsert';
  const perSecond = ({ minimum, maximum }: Sample) => ({
    minimum: 1e9 / maximum,
    maximum: 1e9 / minimum,
  });
  yield {
    name: `take a token, against the fastest statement by hand (${fastest})`,
    value: 1e9 / times.ours.median,
    unit: 'calls/s',
    peer: 1e9 / times[fastest].median,
    target: 'at least 0.8',
    spread: perSecond(times.ours),
    peerSpread: perSecond(times[fastest]),
  };
}

const TRIES = 1_000_000;
const IN_FLIGHT = 400;

/** A million tries of random keys and costs. Counts the tokens that the limits do not allow. */
async function countAboveLimit(context: Context, sql: Sql): Promise<Measurement> {
  const limit = { capacity: 100, refill: 10, per: 1000 };
  const buckets: readonly TokenBucket[] = ['a', 'b', 'c'].map((name) =>
    tokenBucket(rateLimits, { name, ...limit }),
  );
  const taken = new Map<string, { tokens: number; since: number; until: number }>();
  let left = TRIES;
  let allowedCalls = 0;
  const caller = async (): Promise<void> => {
    while (left > 0) {
      context.signal.throwIfAborted();
      if ((left -= 1) % 100_000 === 0) context.progress(`${left} tries left`);
      const [at, user, cost] = [random(buckets.length), random(20), 1 + random(10)];
      const since = performance.now();
      const { allowed } = await buckets[at]!.take(sql, String(user), { cost });
      if (!allowed) continue;
      allowedCalls += 1;
      const name = `${at} ${user}`;
      const before = taken.get(name) ?? { tokens: 0, since, until: 0 };
      // From before the first call to after the last one: the longest time that can have passed.
      taken.set(name, {
        tokens: before.tokens + cost,
        since: Math.min(before.since, since),
        until: Math.max(before.until, performance.now()),
      });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, caller));
  if (allowedCalls < 1000) throw new Error(`only ${allowedCalls} tries were allowed`);
  const above = [...taken.values()].map(({ tokens, since, until }) =>
    Math.max(0, tokens - limit.capacity - ((until - since) / limit.per) * limit.refill),
  );
  return {
    name: `tokens above the limit in ${TRIES} random tries (${allowedCalls} allowed)`,
    value: Math.max(...above),
    unit: 'tokens',
    target: 'at most 0 tokens',
  };
}

const random = (below: number): number => Math.floor(Math.random() * below);
