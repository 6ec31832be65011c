import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { drizzle as drizzleNodePostgres } from 'drizzle-orm/node-postgres';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import pg from 'pg';
import postgres, { type Sql } from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { migrate } from '../../src/migrations/index.ts';
import { claim } from '../../src/apps/garden/queue/claim.ts';
import { complete, fail } from '../../src/apps/garden/queue/settle.ts';
import { enqueue, enqueueAll, type Enqueued } from '../../src/apps/garden/queue/enqueue.ts';
import { heartbeat } from '../../src/apps/garden/queue/hold.ts';
import { queueState } from '../../src/apps/garden/queue/queue-state.ts';
import { runWorker } from '../../src/apps/garden/queue/run-worker.ts';
import type { QueueDatabase } from '../../src/apps/garden/queue/queue-database.ts';
import type { WorkerEvent, WorkerOptions } from '../../src/apps/garden/queue/worker-options.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { runKillTest } from './run-kill-test.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

const CALLERS = 50;
let client: Sql;
let db: PostgresJsDatabase;
let url: string;

beforeAll(async () => {
  url = await (await sharedPostgres()).createDatabase();
  await migrate(url, { folder: gardenMigrations });
  // One additional connection, which releases the others.
  client = postgres(url, { max: CALLERS + 1, onnotice: () => {} });
  db = drizzle(client);
});
afterAll(() => client.end());
beforeEach(() => client`truncate package_requests cascade`);

const newRequest = (packageName: string, own: object = {}) =>
  ({ packageName, registry: 'npm', ...own }) as const;
const newUser = async (): Promise<string> => {
  const id = newId();
  await client`insert into account (id, name, created_at, updated_at) values (${id}, 'Ada', now(), now())`;
  return id;
};

/** Concurrent calls on separate connections, which are open and released at the same moment. */
async function atOnce<T>(call: (db: QueueDatabase, at: number) => Promise<T>): Promise<T[]> {
  const gate = await client.reserve();
  await gate`select pg_advisory_lock(1)`;
  const calls = Array.from({ length: CALLERS }, (_, at) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock_shared(1)`);
      const result = await call(tx, at);
      // No transaction commits before the others have read.
      await sleep(5);
      return result;
    }),
  );
  for (let tries = 0; tries < 2000; tries += 1) {
    const [row] = await gate<{ n: number }[]>`
      select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`;
    if (row?.n === CALLERS) break;
    await sleep(5);
  }
  await gate`select pg_advisory_unlock(1)`;
  const results = await Promise.all(calls);
  gate.release();
  return results;
}

const count = (answers: readonly Enqueued[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { state } of answers) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

describe('enqueue from fifty connections at once', () => {
  test('never two active requests for one package', async () => {
    const answers = await atOnce((tx) => enqueue(tx, newRequest('react')));
    expect(count(answers)).toEqual({ queued: 1, active: CALLERS - 1 });
    const ids = answers.map((answer) => ('id' in answer ? answer.id : undefined));
    expect(new Set(ids).size).toBe(1);
    expect(await queueState(db)).toMatchObject([{ due: 1 }]);
  });

  test("never more than a user's limit", async () => {
    const requestedBy = await newUser();
    const answers = await atOnce((tx, at) =>
      enqueue(tx, newRequest(`package-${at}`, { requestedBy }), { userLimit: 5 }),
    );
    expect(count(answers)).toEqual({ queued: 5, limited: CALLERS - 5 });
  });

  test("never more than a root's budget, from any of its requests", async () => {
    const root = await enqueue(db, newRequest('root', { requestedBy: await newUser() }));
    if (root.state !== 'queued') throw new Error(root.state);
    const child = await enqueue(db, newRequest('child', { sourceRequestId: root.id }));
    if (child.state !== 'queued') throw new Error(child.state);
    const answers = await atOnce((tx, at) =>
      enqueue(
        tx,
        newRequest(`package-${at}`, { sourceRequestId: at % 2 === 0 ? root.id : child.id }),
        {
          rootBudget: 8,
        },
      ),
    );
    expect(count(answers)).toEqual({ queued: 7, 'over-budget': CALLERS - 7 });
  });

  test('overlapping lists in any order do not deadlock', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `package-${at}`);
    const answers = await atOnce((tx, at) =>
      enqueueAll(
        tx,
        (at % 2 === 0 ? names : names.toReversed()).map((name) => newRequest(name)),
      ),
    );
    expect(count(answers.flat())).toEqual({ queued: 30, active: 30 * (CALLERS - 1) });
  });

  test('concurrent batch claims get all requests, each once', async () => {
    await enqueueAll(
      db,
      Array.from({ length: 490 }, (_, at) => newRequest(`package-${at}`)),
    );
    const claimed = await atOnce((tx, at) => claim(tx, { holder: `w${at}`, limit: 10 }));
    const ids = claimed.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(490);
  });
});

describe('a worker', () => {
  const stops: AbortController[] = [];
  const workers: Promise<void>[] = [];
  const events: WorkerEvent[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) stop.abort();
    await Promise.all(workers.splice(0));
    events.length = 0;
  });

  function begin(own: Pick<WorkerOptions, 'handle'> & Partial<WorkerOptions>): AbortController {
    const stop = new AbortController();
    stops.push(stop);
    workers.push(
      runWorker({ db, signal: stop.signal, onEvent: (event) => events.push(event), ...own }),
    );
    return stop;
  }
  const until = async (met: () => boolean | Promise<boolean>): Promise<void> => {
    for (let tries = 0; !(await met()); tries += 1) {
      if (tries > 1000) throw new Error(`it did not happen: ${JSON.stringify(events)}`);
      await sleep(10);
    }
  };
  const of = (type: WorkerEvent['type']) => events.filter((event) => event.type === type);
  const statuses = async () =>
    (await client`select status, attempt_count from package_requests order by package_name`).map(
      (row) => ({ ...row }),
    );

  test('is notified of a request long before it would poll', async () => {
    begin({
      settings: { poll: 3_600_000 },
      listen: async (channel, wake) => (await client.listen(channel, wake)).unlisten,
      handle: async () => ({ state: 'completed' }),
    });
    await sleep(300);
    await enqueue(db, newRequest('react'));
    await until(() => of('completed').length === 1);
    expect(await statuses()).toEqual([{ status: 'completed', attempt_count: 1 }]);
  });

  test('polls without notifications', async () => {
    begin({ settings: { poll: 100 }, handle: async () => ({ state: 'completed' }) });
    await sleep(200);
    await enqueue(db, newRequest('react'));
    await until(() => of('completed').length === 1);
  });

  test('releases its requests when it is stopped', async () => {
    await enqueueAll(
      db,
      ['a', 'b', 'c'].map((name) => newRequest(name)),
    );
    const stop = begin({
      concurrency: 1,
      batch: 3,
      handle: (_, { signal }) => sleep(60_000, { state: 'completed' } as const, { signal }),
    });
    await until(() => of('claimed').length === 1);
    stop.abort();
    await Promise.all(workers);
    expect(of('released')).toHaveLength(3);
    expect(await statuses()).toEqual(
      Array.from({ length: 3 }, () => ({ status: 'pending', attempt_count: 0 })),
    );
  });

  test('extends its lease while it works, and notices when it is lost', async () => {
    await enqueueAll(db, [newRequest('kept'), newRequest('taken')]);
    let told: unknown;
    begin({
      settings: { lease: 600 },
      async handle({ packageName }, { signal }) {
        if (packageName === 'kept') await sleep(1500);
        else await sleep(60_000, undefined, { signal }).catch(() => (told = signal.reason));
        return { state: 'completed' };
      },
    });
    await until(() => of('claimed').length > 0);
    await client`update package_requests set status = 'cancelled', locked_by = null where package_name = 'taken'`;
    await until(() => of('completed').length === 1);
    expect(told).toMatchObject({ message: 'The lease was lost.' });
    expect(of('lost')).toHaveLength(1);
    expect(of('claimed')).toHaveLength(1);
  });

  test("completes within the handler's transaction, or not at all", async () => {
    await client`create table effect (request uuid)`;
    await enqueue(db, newRequest('react'));
    let tries = 0;
    begin({
      settings: { backoffBase: 10, poll: 50 },
      async handle({ id }, { lease }) {
        await db.transaction(async (tx) => {
          await tx.execute(sql`insert into effect values (${id})`);
          await complete(tx, lease);
          tries += 1;
          if (tries === 1) throw new Error('too late');
        });
        return { state: 'settled' };
      },
    });
    await until(() => of('settled').length === 1);
    expect(of('failed')).toMatchObject([{ failure: { message: 'too late' } }]);
    expect((await client`select count(*)::int as n from effect`)[0]).toEqual({ n: 1 });
    expect(await statuses()).toEqual([{ status: 'completed', attempt_count: 2 }]);
  });

  test('does not complete a request that is cancelled while its statement waits', async () => {
    await enqueueAll(db, [newRequest('a', { priority: 90 }), newRequest('b')]);
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    begin({
      concurrency: 1,
      async handle({ packageName }) {
        if (packageName === 'a') await gate;
        return { state: 'completed' };
      },
    });
    await until(() => of('claimed').length === 1);
    await client.begin(async (tx) => {
      await tx`update package_requests set status = 'cancelled', locked_by = null, locked_until = null
        where package_name = 'a'`;
      open();
      await until(async () => {
        const [row] = await client`select count(*)::int as n from pg_stat_activity
          where wait_event_type = 'Lock' and query like '%queue.turn%'`;
        return row?.['n'] === 1;
      });
    });
    await until(() => of('completed').length === 1);
    expect(of('lost')).toMatchObject([{ request: { packageName: 'a' } }]);
    expect((await statuses()).map(({ status }) => status)).toEqual(['cancelled', 'completed']);
  });

  test('continues when its driver silently loses a statement', async () => {
    await enqueueAll(
      db,
      Array.from({ length: 4 }, (_, at) => newRequest(`package-${at}`)),
    );
    let turns = 0;
    const session = {
      prepareQuery: (query: { sql: string }, ...rest: unknown[]) => {
        const { session: real } = (db as unknown as { _: { session: { prepareQuery: Function } } })
          ._;
        const prepared = real.prepareQuery(query, ...rest);
        const isLost = query.sql.includes('queue.turn') && (turns += 1) === 2;
        return isLost ? { execute: () => new Promise(() => {}) } : prepared;
      },
    };
    const losing = { execute: db.execute.bind(db), _: { session } } as unknown as typeof db;
    begin({
      db: losing,
      settings: { poll: 100, lease: 1000 },
      concurrency: 2,
      handle: async () => ({ state: 'completed' }),
    });
    const left = async () => (await queueState(db)).some(({ due, fetching }) => due + fetching > 0);
    await until(async () => !(await left()));
    expect(of('trouble')).toHaveLength(1);
  });

  test('continues after its connection was closed', async () => {
    await enqueueAll(
      db,
      Array.from({ length: 20 }, (_, at) => newRequest(`package-${at}`)),
    );
    const own = postgres(url, {
      max: 2,
      onnotice: () => {},
      connection: { application_name: 'cut' },
    });
    begin({
      db: drizzle(own),
      settings: { poll: 100, lease: 1000 },
      concurrency: 2,
      handle: () => sleep(20, { state: 'completed' } as const),
    });
    await until(() => of('claimed').length > 2);
    await client`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut'`;
    const left = async () => (await queueState(db)).some(({ due, fetching }) => due + fetching > 0);
    await until(async () => !(await left()));
    for (const stop of stops) stop.abort();
    await Promise.all(workers);
    // Without a limit, postgres.js sometimes waits for the closed connection.
    await own.end({ timeout: 1 });
  });

  test('refuses to run under row-level security, because it would see no rows', async () => {
    const own = postgres(url, { max: 1, onnotice: () => {} });
    await own`set role garden_user`;
    const work = runWorker({
      db: drizzle(own),
      signal: new AbortController().signal,
      handle: async () => ({ state: 'completed' }),
    });
    await expect(work).rejects.toMatchObject({ problem: { code: 'queue/row-security' } });
    await own.end();
  });
});

test('claim, heartbeat, fail and complete work with node-postgres too', async () => {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  try {
    const other = drizzleNodePostgres(pool);
    await enqueueAll(other, [
      newRequest('done'),
      newRequest('broken', { registry: 'jsr' }),
      newRequest('rolled back'),
    ]);
    const requests = await claim(other, { holder: 'w', limit: 3 });
    const named = (name: string) => requests.find(({ packageName }) => packageName === name)!;
    const leases = requests.map(({ lease }) => lease);
    expect(await heartbeat(other, leases)).toEqual(new Set(requests.map(({ id }) => id)));
    const { retryAt } = await fail(other, named('broken').lease, { message: 'no “answer”' });
    expect(retryAt).toBeInstanceOf(Date);
    await complete(other, named('done').lease);
    await expect(complete(other, named('done').lease)).rejects.toMatchObject({
      problem: { code: 'queue/lease-lost' },
    });
    const failing = other.transaction(async (tx) => {
      await complete(tx, named('rolled back').lease);
      throw new Error('too late');
    });
    await expect(failing).rejects.toThrow('too late');
    const rows = await client`select package_name, status from package_requests order by 1`;
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
      'broken pending',
      'done completed',
      'rolled back fetching',
    ]);

    const stop = new AbortController();
    await enqueue(other, newRequest('by a worker'));
    await runWorker({
      db: other,
      signal: stop.signal,
      handle: async () => ({ state: 'completed' }),
      onEvent: ({ type }) => type === 'completed' && stop.abort(),
    });
    const [last] =
      await client`select status from package_requests where package_name = 'by a worker'`;
    expect(last).toEqual({ status: 'completed' });
  } finally {
    await pool.end();
  }
});

test('killed workers lose no request and complete none twice', async () => {
  const result = await runKillTest(url, {
    workers: 4,
    requests: 500,
    kills: 2,
    every: 400,
    timeout: 60_000,
  });
  expect(result).toMatchObject({ faults: [], ended: 500 });
});
