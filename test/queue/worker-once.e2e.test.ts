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
/** The statements of a worker. */
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

const newRequest = (packageName: string) => ({ packageName, registry: 'npm' }) as const;
const names = async (status: string): Promise<string[]> =>
  (
    await client`select package_name from package_requests where status = ${status} order by package_name`
  ).map((row) => String(row['package_name']));

/** This worker gets no notifications, and polls once an hour. */
const workOnce = async (own: Partial<WorkerOptions> = {}): Promise<void> =>
  runWorker({
    db,
    signal: new AbortController().signal,
    once: true,
    settings: { poll: 3_600_000, backoffBase: 60_000 },
    handle: async () => ({ state: 'completed' }),
    ...own,
  });

test('a worker with `once` does not poll while it works, and ends when nothing is left', async () => {
  await enqueue(db, newRequest('slow'));
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
  // It completes the request, claims once more, and checks whether any request is due, without
  // waiting.
  expect(asked.length - before).toBeLessThan(5);
  expect(asked.at(-1)).toContain('as due');
  // It has free capacity, and claims for it once.
  expect(during.length).toBeLessThan(2);
  expect(await names('completed')).toEqual(['slow']);
});

test('it ends if there is nothing to do', async () => {
  await workOnce();
  await workOnce({ registries: [] });
  expect(asked.length).toBeLessThan(10);
});

test('it processes requests that its own handlers queue, however many and however late', async () => {
  await enqueueAll(db, [newRequest('a'), newRequest('b'), newRequest('c')]);
  await workOnce({
    concurrency: 2,
    async handle({ packageName, depth, id }) {
      // The last handler queues a request too.
      await sleep(packageName.startsWith('b') ? 100 : 1);
      if (depth < 3) await enqueue(db, { ...newRequest(`${packageName}.`), sourceRequestId: id });
      return { state: 'completed' };
    },
  });
  expect(await names('completed')).toHaveLength(12);
});

test('it leaves requests that others hold, that are due later, or of other registries', async () => {
  await enqueueAll(db, [newRequest('held')]);
  await claim(db, { holder: 'another', limit: 1 });
  await enqueueAll(db, [
    newRequest('fails'),
    newRequest('works'),
    { packageName: 'other', registry: 'brew' },
  ]);
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

test('it processes expired leases, even more than it can hold at a time', async () => {
  await enqueueAll(
    db,
    Array.from({ length: 20 }, (_, at) => newRequest(`lost-${at}`)),
  );
  await claim(db, { holder: 'lost', limit: 20, settings: { lease: 1 } });
  await sleep(20);
  await workOnce({ concurrency: 2 });
  expect(await names('completed')).toHaveLength(20);
});

test('it waits for a request that another transaction has locked', async () => {
  await enqueueAll(db, [newRequest('free'), newRequest('locked')]);
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
