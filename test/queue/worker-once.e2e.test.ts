import { setTimeout as sleep } from 'node:timers/promises';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/migrations/index.ts';
import { claim } from '../../src/apps/garden/queue/claim.ts';
import { enqueue, enqueueAll } from '../../src/apps/garden/queue/enqueue.ts';
import { runWorker } from '../../src/apps/garden/queue/run-worker.ts';
import type { WorkerOptions } from '../../src/apps/garden/queue/worker-options.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

let client: Sql;
let db: PostgresJsDatabase;
/** The statements that a worker has sent. */
let asked: string[] = [];
beforeAll(async () => {
  const url = await (await sharedPostgres()).createDatabase();
  await migrate(url, { folder: gardenMigrations });
  client = postgres(url, { max: 4, onnotice: () => {} });
  db = drizzle(client, { logger: { logQuery: (query) => void asked.push(query) } });
});
afterAll(() => client.end());
beforeEach(async () => {
  await client`truncate package_requests cascade`;
  asked = [];
});

const wish = (packageName: string) => ({ packageName, registry: 'npm' }) as const;
const names = async (status: string): Promise<string[]> =>
  (
    await client`select package_name from package_requests where status = ${status} order by package_name`
  ).map((row) => String(row['package_name']));

/** Nobody tells this worker of new requests, and it looks by itself in an hour. */
const workOnce = async (own: Partial<WorkerOptions> = {}): Promise<void> =>
  runWorker({
    db,
    signal: new AbortController().signal,
    once: true,
    settings: { poll: 3_600_000, backoffBase: 60_000 },
    handle: async () => ({ state: 'completed' }),
    ...own,
  });

test('a worker that works once asks nothing while it works, and ends as soon as nothing is left', async () => {
  await enqueue(db, wish('slow'));
  let during: readonly string[] = ['it did not run'];
  let before = 0;
  await workOnce({
    async handle() {
      before = asked.length;
      await sleep(500);
      during = asked.slice(before);
      return { state: 'completed' };
    },
  });
  // It ends the request, claims once more, and asks whether anything is due: no wait between.
  expect(asked.length - before).toBeLessThan(5);
  expect(asked.at(-1)).toContain('as due');
  // It has room for more, and looks for that once.
  expect(during.length).toBeLessThan(2);
  expect(await names('completed')).toEqual(['slow']);
});

test('it ends with nothing to do, too', async () => {
  await workOnce();
  await workOnce({ registries: [] });
  expect(asked.length).toBeLessThan(10);
});

test('it does what its own work queues, however much and however late', async () => {
  await enqueueAll(db, [wish('a'), wish('b'), wish('c')]);
  await workOnce({
    concurrency: 2,
    async handle({ packageName, depth, id }) {
      // What ends last queues last.
      await sleep(packageName.startsWith('b') ? 100 : 1);
      if (depth < 3) await enqueue(db, { ...wish(`${packageName}.`), sourceRequestId: id });
      return { state: 'completed' };
    },
  });
  expect(await names('completed')).toHaveLength(12);
});

test('it leaves what others hold, what is due later, and what is of other registries', async () => {
  await enqueueAll(db, [wish('held')]);
  await claim(db, { holder: 'another', limit: 1 });
  await enqueueAll(db, [wish('fails'), wish('works'), { packageName: 'other', registry: 'brew' }]);
  await workOnce({
    registries: ['npm', 'jsr'],
    handle: async ({ packageName }) =>
      packageName === 'fails'
        ? { state: 'failed', failure: { message: 'not now' } }
        : { state: 'completed' },
  });
  expect(await names('completed')).toEqual(['works']);
  expect(await names('fetching')).toEqual(['held']);
  expect(await names('pending')).toEqual(['fails', 'other']);
});

test('it takes what a lost worker left, also more than it can hold at a time', async () => {
  await enqueueAll(
    db,
    Array.from({ length: 20 }, (_, at) => wish(`lost-${at}`)),
  );
  await claim(db, { holder: 'lost', limit: 20, settings: { lease: 1 } });
  await sleep(20);
  await workOnce({ concurrency: 2 });
  expect(await names('completed')).toHaveLength(20);
});

test('it waits for a request that somebody only looks at', async () => {
  await enqueueAll(db, [wish('free'), wish('locked')]);
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>();
  const looking = client.begin(async (tx) => {
    await tx`select from package_requests where package_name = 'locked' for update`;
    isLocked();
    await gate;
  });
  await locked;
  let ended = false;
  const work = workOnce().then(() => (ended = true));
  await sleep(500);
  expect(ended).toBe(false);
  open();
  await Promise.all([looking, work]);
  expect(await names('completed')).toEqual(['free', 'locked']);
});
