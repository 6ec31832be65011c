import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { asPrincipal, tokenBucket } from '../../src/server.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { deriveTests } from '../../src/testing/schema/derive-tests.ts';
import { readDerived } from '../../src/testing/schema/read-derived.ts';
import { install } from '../kit/install.ts';
import { limitSchema, rateLimits } from './limit-tables.ts';

let client: PGlite;
let db: AnyDatabase;
beforeAll(async () => {
  client = await blankPostgres();
  await install(client, limitSchema);
  db = drizzle(client);
});
beforeEach(() => client.exec('truncate rate_limits'));
afterAll(() => client.close());

/** Lets time pass for all buckets. */
const pass = (milliseconds: number) =>
  client.exec(`update rate_limits set full_at = full_at - ${Math.round(milliseconds * 1e6)}`);

test('a bucket gives its capacity, then refuses with the time to wait, and refills', async () => {
  const bucket = tokenBucket(rateLimits, { name: 'a', capacity: 3, refill: 1, per: 3_600_000 });
  const take = (cost?: number) => bucket.take(db, 'ann', cost === undefined ? {} : { cost });
  expect([await take(), await take(2)]).toEqual([
    { allowed: true, remaining: 2 },
    { allowed: true, remaining: 0 },
  ]);
  const refused = await take();
  expect(refused).toMatchObject({ allowed: false, remaining: 0 });
  const wait = 'retryAfter' in refused ? refused.retryAfter : 0;
  expect(wait).toBeGreaterThan(3_590_000);
  expect(wait).toBeLessThanOrEqual(3_600_000);
  // Another key and another limit have their own buckets.
  expect((await bucket.take(db, 'ben')).allowed).toBe(true);
  const other = tokenBucket(rateLimits, { name: 'b', capacity: 1, refill: 1, per: 1000 });
  expect((await other.take(db, 'ann')).allowed).toBe(true);
  await pass(3_600_000);
  expect((await take()).allowed).toBe(true);
  expect((await take()).allowed).toBe(false);
  // It never holds more than its capacity.
  await pass(1000 * 3_600_000);
  expect([(await take(3)).allowed, (await take()).allowed]).toEqual([true, false]);
});

test('the bucket agrees with a model on random limits, costs and pauses, and is never above it', async () => {
  let at = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        capacity: fc.integer({ min: 1, max: 20 }),
        refill: fc.integer({ min: 1, max: 20 }),
        // Long, so that the time of the test itself adds no token.
        per: fc.integer({ min: 100_000_000, max: 200_000_000 }),
      }),
      fc.array(
        fc.record({
          cost: fc.integer({ min: 1, max: 20 }),
          pause: fc.integer({ min: 0, max: 30 }),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      async (limit, calls) => {
        const key = `k${(at += 1)}`;
        const bucket = tokenBucket(rateLimits, { name: 'model', ...limit });
        const { capacity, refill, per } = limit;
        let tokens = capacity;
        for (const { cost, pause } of calls) {
          // Multiples of a quarter of a token, plus a little for the time of the test.
          const fraction = pause / 4;
          await pass((fraction * per) / refill - 1);
          tokens = Math.min(capacity, tokens + fraction);
          if (cost > capacity) continue;
          const { allowed } = await bucket.take(db, key, { cost });
          // A quarter of a token more or less decides; the margin is a thousandth.
          const expected = tokens >= cost + 0.001;
          if (Math.abs(tokens - cost) > 0.001) expect(allowed).toBe(expected);
          if (allowed) tokens -= cost;
        }
      },
    ),
    { numRuns: 40, seed: 3 },
  );
});

test('another limit applies to the same bucket', async () => {
  const bucket = tokenBucket(rateLimits, { name: 'a', capacity: 1, refill: 1, per: 3_600_000 });
  const limit = { capacity: 5, refill: 5, per: 3_600_000 };
  const taken = [];
  for (let at = 0; at < 6; at += 1) taken.push((await bucket.take(db, 'ann', { limit })).allowed);
  expect(taken).toEqual([true, true, true, true, true, false]);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 4])(
  'a cost of %o is refused',
  async (cost) => {
    const bucket = tokenBucket(rateLimits, { name: 'a', capacity: 3, refill: 1, per: 1000 });
    await expect(bucket.take(db, 'ann', { cost })).rejects.toMatchObject({
      problem: { code: 'limits/cost' },
    });
    expect((await bucket.take(db, 'ann', { cost: 3 })).allowed).toBe(true);
  },
);

test.each([
  { capacity: 0, refill: 1, per: 1 },
  { capacity: 1, refill: -1, per: 1 },
  { capacity: 1, refill: 1, per: Number.NaN },
  { capacity: 1e9, refill: 1, per: 1e9 },
])('the limit %o is refused', (limit) => {
  expect(() => tokenBucket(rateLimits, { name: 'a', ...limit })).toThrow('cannot be counted');
});

test.each(['', 'x'.repeat(300), 'a\0b'])('the key %j is refused', async (key) => {
  const bucket = tokenBucket(rateLimits, { name: 'a', capacity: 1, refill: 1, per: 1 });
  await expect(bucket.take(db, key)).rejects.toMatchObject({ problem: { code: 'limits/key' } });
});

test('a principal cannot take, and a missing table is a problem', async () => {
  const bucket = tokenBucket(rateLimits, { name: 'a', capacity: 1, refill: 1, per: 1 });
  await client.exec('create role app_user');
  const taken = asPrincipal(db, { role: 'app_user', claims: {} }, (tx) => bucket.take(tx, 'ann'));
  await expect(taken).rejects.toMatchObject({ problem: { code: 'limits/login' } });
  await client.exec('alter table rate_limits rename to former');
  await expect(bucket.take(db, 'ann')).rejects.toMatchObject({
    problem: { code: 'limits/no-table' },
  });
  await client.exec('alter table former rename to rate_limits; drop role app_user');
});

test('full buckets are swept, and the table is unlogged', async () => {
  const bucket = tokenBucket(rateLimits, { name: 'a', capacity: 2, refill: 1, per: 1000 });
  await bucket.take(db, 'ann');
  await pass(1000);
  await bucket.take(db, 'ben');
  await bucket.take(db, 'ben');
  expect(await bucket.sweep(db)).toBe(1);
  const { rows } = await client.query(
    `select relpersistence, (select count(*)::int from rate_limits) as buckets from pg_class where oid = 'rate_limits'::regclass`,
  );
  expect(rows).toEqual([{ relpersistence: 'u', buckets: 1 }]);
});

test('the derived tests hold for the tables of limits', async () => {
  const { failures } = await deriveTests(
    { client, db: drizzle(client) },
    readDerived(limitSchema),
    { parts: ['rows', 'catalog'], zero: false },
  );
  expect(failures).toEqual([]);
});
