import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../kit/index.ts';
import { packages } from '../index.ts';
import { testDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { claim } from './claim.ts';
import { complete, fail } from './settle.ts';
import { enqueue, enqueueAll } from './enqueue.ts';
import { heartbeat, recover, release } from './hold.ts';
import { cancel } from './cancel.ts';
import { prune } from './prune.ts';
import { queueState } from './queue-state.ts';
import type { Enqueued } from './enqueue.ts';
import type { QueueDatabase } from './queue-database.ts';
import { gardenMigrations } from '../migrations-folder.ts';

let database: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  database = await testDatabase({ folder: gardenMigrations });
});
afterAll(() => database[Symbol.asyncDispose]());

const request = (packageName: string, own: object = {}) =>
  ({ packageName, registry: 'npm', ...own }) as const;
const idOf = (answer: Enqueued | undefined): string => {
  if (answer?.state !== 'queued') throw new Error(`not queued: ${JSON.stringify(answer)}`);
  return answer.id;
};
const one = async (db: QueueDatabase, holder = 'w') => {
  const [claimed] = await claim(db, { holder, limit: 1 });
  if (claimed === undefined) throw new Error('nothing to claim');
  return claimed;
};
const newUser = async (db: QueueDatabase): Promise<string> => {
  const id = newId();
  await db.execute(
    sql`insert into account (id, name, created_at, updated_at) values (${id}, 'Ada', now(), now())`,
  );
  return id;
};
const rowOf = async (db: QueueDatabase, id: string): Promise<Record<string, unknown>> => {
  const result = await db.execute(
    sql`select *, run_at > now() as later from package_requests where id = ${id}`,
  );
  return (result as { rows: Record<string, unknown>[] }).rows[0] ?? {};
};
const lost = expect.objectContaining({
  problem: expect.objectContaining({ code: 'queue/lease-lost' }),
});
const expire = (db: QueueDatabase) =>
  db.execute(
    sql`update package_requests set locked_until = now() - interval '1 second' where status = 'fetching'`,
  );

describe('enqueue', () => {
  test('one active request per package, until it ends', () =>
    database.isolated(async ({ db }) => {
      const id = idOf(await enqueue(db, request('react')));
      expect(await enqueue(db, request('react'))).toEqual({ state: 'active', id });
      expect((await enqueue(db, { ...request('react'), registry: 'jsr' })).state).toBe('queued');
      const { lease } = await one(db);
      const names = ['react', 'vue', 'vue'].map((name) => request(name));
      const again = await enqueueAll(db, names);
      expect(again.map(({ state }) => state)).toEqual(['active', 'queued', 'active']);
      await cancel(db, id);
      await cancel(db, lease.requestId);
      expect((await enqueue(db, request('react'))).state).toBe('queued');
    }));

  test('the cooldown counts from the success, and then ends', () =>
    database.isolated(async ({ db }) => {
      const packageId = newId();
      await db.insert(packages).values({
        id: packageId,
        name: 'react',
        registry: 'npm',
        createdAt: new Date(),
        updatedAt: new Date(),
      });
      await enqueue(db, request('react'));
      await complete(db, (await one(db)).lease, { packageId });
      const answer = await enqueue(db, request('react'));
      expect(answer).toMatchObject({ state: 'fresh', packageId });
      const wait = answer.state === 'fresh' ? answer.retryAt.getTime() - Date.now() : 0;
      expect(wait).toBeGreaterThan(3_590_000);
      expect(wait).toBeLessThan(3_610_000);
      expect((await enqueue(db, request('react'), { cooldown: 0 })).state).toBe('queued');
    }));

  test('the user limit applies within the window, and active packages do not count', () =>
    database.isolated(async ({ db }) => {
      const requestedBy = await newUser(db);
      const ask = (name: string, by = requestedBy) =>
        enqueue(db, request(name, { requestedBy: by }), { userLimit: 2 });
      await ask('a');
      await ask('b');
      const answer = await ask('c');
      expect(answer.state).toBe('limited');
      expect((await ask('a')).state).toBe('active');
      expect((await ask('c', await newUser(db))).state).toBe('queued');
      await db.execute(
        sql`update package_requests set created_at = now() - interval '61 minutes' where package_name = 'a'`,
      );
      expect((await ask('d')).state).toBe('queued');
      expect((await ask('e')).state).toBe('limited');
    }));

  test('follow-up requests have a budget, a depth, a root and a source', () =>
    database.isolated(async ({ db }) => {
      const root = idOf(await enqueue(db, request('root', { requestedBy: await newUser(db) })));
      const small = { rootBudget: 3, maxDepth: 2 };
      const child = idOf(await enqueue(db, request('child', { sourceRequestId: root }), small));
      const third = idOf(await enqueue(db, request('third', { sourceRequestId: child }), small));
      expect(await rowOf(db, third)).toMatchObject({
        root_request_id: root,
        source_request_id: child,
        depth: 2,
        is_auto_queued: true,
        requested_by: null,
      });
      expect(await enqueue(db, request('x', { sourceRequestId: third }), small)).toEqual({
        state: 'too-deep',
        rootRequestId: root,
      });
      const answers = await enqueueAll(
        db,
        ['p', 'q', 'r'].map((name) => request(name, { sourceRequestId: root })),
        small,
      );
      expect(answers.map(({ state }) => state)).toEqual(['queued', 'over-budget', 'over-budget']);
    }));

  test('a user request raises the priority of a pending one', () =>
    database.isolated(async ({ db }) => {
      const id = idOf(await enqueue(db, request('react')));
      await enqueue(db, request('react', { requestedBy: await newUser(db) }));
      expect(await rowOf(db, id)).toMatchObject({ priority: 50, requested_by: null });
    }));

  test.each([
    [request('x', { requestedBy: newId(), sourceRequestId: newId() }), {}, 'queue/two-origins'],
    [request('x'), { userLimit: 0 }, 'queue/bad-setting'],
    [request('x'), { cooldown: Number.NaN }, 'queue/bad-setting'],
    [request('x'), { backoffJitter: 2 }, 'queue/bad-setting'],
  ])('%j with %j is refused: %s', async (bad, settings, code) => {
    await expect(enqueue(database.db, bad, settings)).rejects.toMatchObject({ problem: { code } });
  });

  test('the database rejects an unknown source and a blank name', () =>
    database.isolated(async ({ db, attempt }) => {
      expect(
        (await attempt(() => enqueue(db, request('x', { sourceRequestId: newId() }))))?.code,
      ).toBe('23503');
      expect((await attempt(() => enqueue(db, request(' '))))?.code).toBe('23514');
    }));

  test.each(['repeatable read', 'serializable'])(
    'under %s, which sees no others, it refuses',
    (level) =>
      database.isolated(async ({ db, client }) => {
        await client.exec(`set transaction isolation level ${level}`);
        await expect(enqueue(db, request('react'))).rejects.toMatchObject({
          cause: { code: '25000' },
        });
      }),
  );
});

describe('claim', () => {
  test('highest priority first, then earliest; requests that are not due stay', () =>
    database.isolated(async ({ db }) => {
      await enqueueAll(db, [request('low', { priority: 1 }), request('high', { priority: 90 })]);
      const later = idOf(await enqueue(db, request('later', { priority: 100 })));
      await db.execute(
        sql`update package_requests set run_at = now() + interval '1 hour' where id = ${later}`,
      );
      const claimed = await claim(db, { holder: 'w', limit: 10 });
      expect(claimed.map(({ packageName }) => packageName)).toEqual(['high', 'low']);
      expect(claimed[0]).toMatchObject({ attemptCount: 1, lease: { holder: 'w', attempt: 1 } });
      expect(await claim(db, { holder: 'v', limit: 10 })).toEqual([]);
    }));

  test('registries alternate, no matter how much they queue', () =>
    database.isolated(async ({ db }) => {
      const many = (registry: 'npm' | 'apt', count: number) =>
        Array.from({ length: count }, (_, at) => ({ packageName: `p${at}`, registry }));
      await enqueueAll(db, [...many('npm', 40), ...many('apt', 4)]);
      const claimed = await claim(db, { holder: 'w', limit: 8 });
      expect(claimed.filter(({ registry }) => registry === 'apt')).toHaveLength(4);
      await enqueueAll(db, many('apt', 36));
      const singles = [];
      for (let at = 0; at < 30; at += 1) singles.push(await one(db));
      const apt = singles.filter(({ registry }) => registry === 'apt').length;
      // With equal chances, fewer than 4 or more than 26 of 30 occur once in 120,000 runs.
      expect(apt).toBeGreaterThan(3);
      expect(apt).toBeLessThan(27);
      expect(await claim(db, { holder: 'w', limit: 50, registries: ['brew'] })).toEqual([]);
    }));

  test('root requests alternate, no matter which queued more or earlier', () =>
    database.isolated(async ({ db }) => {
      const [a, b] = (
        await enqueueAll(db, [request('a', { priority: 0 }), request('b', { priority: 0 })])
      ).map(idOf);
      const children = (root: string, count: number) =>
        enqueueAll(
          db,
          Array.from({ length: count }, (_, at) =>
            request(`${root}-${at}`, { sourceRequestId: root }),
          ),
        );
      await children(a!, 100);
      const first = await claim(db, { holder: 'w', limit: 20 });
      expect(first.every(({ rootRequestId }) => rootRequestId === a)).toBe(true);
      await children(b!, 20);
      const next = await claim(db, { holder: 'w', limit: 20 });
      const ofB = next.filter(({ rootRequestId }) => rootRequestId === b).length;
      expect(ofB).toBeGreaterThanOrEqual(9);
      expect(ofB).toBeLessThanOrEqual(11);
    }));
});

describe('a lease', () => {
  test('that is lost ends nothing: other holder, older attempt, expired', () =>
    database.isolated(async ({ db }) => {
      const id = idOf(await enqueue(db, request('react')));
      const { lease } = await one(db);
      for (const wrong of [
        { ...lease, holder: 'v' },
        { ...lease, attempt: 2 },
      ]) {
        await expect(complete(db, wrong)).rejects.toThrow(lost);
        await expect(fail(db, wrong, { message: 'no' })).rejects.toThrow(lost);
        expect(await heartbeat(db, [wrong])).toEqual(new Set());
        expect(await release(db, [wrong])).toBe(0);
      }
      await expire(db);
      await expect(complete(db, lease)).rejects.toThrow(lost);
      const again = await one(db, 'w');
      expect(again.lease).toEqual({ ...lease, attempt: 2 });
      await expect(complete(db, lease)).rejects.toThrow(lost);
      await complete(db, again.lease);
      await expect(complete(db, again.lease)).rejects.toThrow(lost);
      expect(await rowOf(db, id)).toMatchObject({
        status: 'completed',
        locked_by: null,
        is_active: false,
      });
    }));

  test('is extended by a heartbeat', () =>
    database.isolated(async ({ db }) => {
      await enqueue(db, request('react'));
      const { lease } = await one(db);
      expect(await heartbeat(db, [lease], { lease: 3_600_000 })).toEqual(
        new Set([lease.requestId]),
      );
      expect((await queueState(db))[0]).toMatchObject({ fetching: 1, expired: 0 });
      const result = await db.execute(
        sql`select locked_until > now() + interval '50 minutes' as far from package_requests`,
      );
      expect(result.rows).toEqual([{ far: true }]);
    }));

  test('that is released does not count an attempt', () =>
    database.isolated(async ({ db }) => {
      const id = idOf(await enqueue(db, request('react')));
      expect(await release(db, [(await one(db)).lease])).toBe(1);
      expect(await rowOf(db, id)).toMatchObject({
        status: 'pending',
        attempt_count: 0,
        locked_by: null,
      });
    }));

  test('that expired is recovered, except after the last attempt', () =>
    database.isolated(async ({ db }) => {
      const ids = (await enqueueAll(db, [request('a'), request('b')])).map(idOf);
      await claim(db, { holder: 'w', limit: 2 });
      expect(await recover(db)).toEqual({ pending: 0, failed: 0 });
      await expire(db);
      await db.execute(sql`update package_requests set attempt_count = 5 where id = ${ids[1]!}`);
      expect((await claim(db, { holder: 'w', limit: 1 })).map(({ id }) => id)).toEqual([ids[0]]);
      await expire(db);
      expect(await recover(db)).toEqual({ pending: 1, failed: 1 });
      expect(await rowOf(db, ids[1]!)).toMatchObject({
        status: 'failed',
        error_message: 'The worker stopped responding.',
      });
    }));
});

describe('fail', () => {
  test('waits longer each time, with jitter, and gives up after the last attempt', () =>
    database.isolated(async ({ db }) => {
      const id = idOf(await enqueue(db, request('react')));
      const waits: number[] = [];
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        const { lease } = await one(db);
        const now = Date.now();
        const { retryAt } = await fail(
          db,
          lease,
          { message: `try ${attempt}\0` },
          { backoffBase: 1000, backoffCap: 6000 },
        );
        if (retryAt === undefined) break;
        expect(await rowOf(db, id)).toMatchObject({ status: 'pending', later: true });
        waits.push(retryAt.getTime() - now);
        await db.execute(sql`update package_requests set run_at = now()`);
      }
      expect(await rowOf(db, id)).toMatchObject({
        status: 'failed',
        error_message: 'try 5',
        attempt_count: 5,
      });
      expect(waits).toHaveLength(4);
      for (const [at, full] of [1000, 2000, 4000, 6000].entries()) {
        expect(waits[at]).toBeGreaterThan(full / 2 - 200);
        expect(waits[at]).toBeLessThan(full + 200);
      }
    }));

  test('respects retry and retryAfter, and never fails an untried request for good', () =>
    database.isolated(async ({ db }) => {
      await enqueueAll(db, [request('a'), request('b')]);
      expect(await fail(db, (await one(db)).lease, { message: 'gone', retry: false })).toEqual({
        retryAt: undefined,
      });
      const { retryAt } = await fail(db, (await one(db)).lease, {
        message: 'x'.repeat(20_000),
        retryAfter: 7_200_000,
      });
      expect(retryAt!.getTime() - Date.now()).toBeGreaterThan(7_100_000);
      await enqueue(db, request('c'));
      const failure = { message: 'not begun', untried: true };
      const { retryAt: again } = await fail(db, (await one(db)).lease, failure, { attempts: 1 });
      expect(again).toBeInstanceOf(Date);
    }));
});

describe('maintenance', () => {
  test('cancel: users their own pending requests, the system any active one', () =>
    database.isolated(async ({ db }) => {
      const requestedBy = await newUser(db);
      const id = idOf(await enqueue(db, request('react', { requestedBy })));
      expect(await cancel(db, id, { requestedBy: newId() })).toBe(false);
      const { lease } = await one(db);
      expect(await cancel(db, id, { requestedBy })).toBe(false);
      expect(await cancel(db, id)).toBe(true);
      expect(await cancel(db, id)).toBe(false);
      await expect(complete(db, lease)).rejects.toThrow(lost);
      expect(await rowOf(db, id)).toMatchObject({ status: 'cancelled' });
    }));

  test('prune deletes only requests that ended long ago', () =>
    database.isolated(async ({ db }) => {
      await enqueueAll(
        db,
        ['a', 'b', 'c'].map((name) => request(name)),
      );
      for (const { lease } of await claim(db, { holder: 'w', limit: 2 })) await complete(db, lease);
      expect(await prune(db)).toBe(0);
      await db.execute(sql`update package_requests set created_at = now() - interval '2 years'`);
      expect(await prune(db, {}, 1)).toBe(1);
      expect(await prune(db)).toBe(1);
      expect(await queueState(db)).toMatchObject([{ registry: 'npm', due: 1 }]);
    }));

  test('the state has pending, fetching, expired and ended requests and the oldest age', () =>
    database.isolated(async ({ db }) => {
      expect(await queueState(db)).toEqual([]);
      await enqueueAll(
        db,
        ['a', 'b', 'c', 'd', 'e'].map((name) => request(name)),
      );
      const [a, b, c] = await claim(db, { holder: 'w', limit: 3 });
      await complete(db, a!.lease);
      await fail(db, b!.lease, { message: 'no' });
      await db.execute(
        sql`update package_requests set locked_until = now() - interval '1 s' where id = ${c!.id}`,
      );
      await db.execute(
        sql`update package_requests set created_at = now() - interval '90 s' where package_name = 'd'`,
      );
      expect(await queueState(db)).toEqual([
        {
          registry: 'npm',
          due: 2,
          later: 1,
          fetching: 1,
          expired: 1,
          oldest: 90,
          lastHour: { completed: 1, failed: 0, cancelled: 0 },
        },
      ]);
    }));
});
