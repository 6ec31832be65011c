import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createBuilder,
  createSchema,
  defineQueriesWithType,
  defineQueryWithType,
  mustGetQuery,
  string,
  table,
} from '@rocicorp/zero';
import { handleQueryRequest } from '@rocicorp/zero/server';
import postgres from 'postgres';
import { beforeAll, expect, test } from 'vitest';
import { openClient } from './any-client.fixture.ts';
import { choosePorts, freePorts } from './free-ports.ts';
import { exposedSockets, listeningSockets } from './listening-sockets.fixture.ts';
import type { PostgresServer } from './postgres-server.ts';
import { serveFetch } from './serve-fetch.ts';
import { sharedPostgres } from './shared-postgres.fixture.ts';
import { createParts, type Parts } from './part.ts';
import { startZeroCache, type ZeroCacheOptions } from './zero-cache.ts';
import { startZeroNodes } from './zero-nodes.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await sharedPostgres();
});

const schema = createSchema({
  tables: [table('notes').columns({ id: string(), body: string() }).primaryKey('id')],
});
const queries = defineQueriesWithType<typeof schema>()({
  notes: defineQueryWithType<typeof schema>()(() => createBuilder(schema).notes),
});

test('a client sees what is written to Postgres; stopping leaves nothing behind', async () => {
  const upstream = await server.createDatabase();
  const sql = postgres(upstream, { max: 1, onnotice: () => {} });
  await sql`create table notes (id text primary key, body text not null)`;
  await sql`create table secrets (id text primary key)`;
  await sql`insert into notes values ('a', 'first')`;
  await sql`create publication published for table notes`;
  await using endpoint = await serveFetch(async (request) =>
    Response.json(
      await handleQueryRequest({
        schema,
        request,
        userID: 'ann',
        handler: (name, args) => mustGetQuery(queries, name).fn({ args, ctx: {} as never }),
      }),
    ),
  );
  const cache = await startZeroCache({
    upstream,
    publications: ['published'],
    queryUrl: endpoint.url,
  });
  const zero = openClient(schema, cache.url, 'ann');
  try {
    expect(await zero.run(queries.notes(), { type: 'complete' })).toMatchObject([
      { id: 'a', body: 'first' },
    ]);
    const view = zero.materialize(queries.notes());
    const twoRows = new Promise((resolve) => {
      view.addListener((rows) => rows.length === 2 && resolve(rows));
    });
    await sql`insert into notes values ('b', 'second')`;
    expect(await twoRows).toMatchObject([{ body: 'first' }, { body: 'second' }]);
    expect(cache.log()).toContain('published');
    if (process.platform === 'linux') {
      const sockets = await listeningSockets(cache.pid);
      expect(sockets.map(({ port }) => port)).toEqual(
        expect.arrayContaining([cache.port, cache.port + 1]),
      );
      expect(exposedSockets(sockets)).toEqual([]);
    }
  } finally {
    // With a client still connected: nothing waits for it.
    await cache.stop();
    await zero.close();
    await sql.end();
  }
  expect(existsSync(cache.replicaFile)).toBe(false);
  expect(await Promise.all([0, 1, 2].map((next) => answers(cache.port + next)))).not.toContain(
    true,
  );
});

test.runIf(process.platform === 'linux')('Postgres listens on 127.0.0.1 only', async () => {
  expect(await listeningSockets(server.pid)).toEqual([
    { pid: server.pid, address: '127.0.0.1', port: server.port },
  ]);
});

test.runIf(process.platform === 'linux')('it listens on all interfaces if told to', async () => {
  await using cache = await startZeroCache({
    upstream: await server.createDatabase(),
    listenOn: 'all',
  });
  expect(exposedSockets(await listeningSockets(cache.pid))).toHaveLength(2);
});

/** Of one server's databases: zero-cache names its replication slots by the app alone. */
const appOf = async (name: string): Promise<ZeroCacheOptions> => ({
  upstream: await server.createDatabase(),
  env: { ZERO_APP_ID: name },
});

test('of two that want one port, one starts, and the other is told so in a sentence', async () => {
  const apps = await Promise.all(['one', 'two'].map(appOf));
  const port = await freePorts(3);
  const starts = await Promise.allSettled(apps.map((app) => startZeroCache({ ...app, port })));
  for (const start of starts) if (start.status === 'fulfilled') await start.value.stop();
  expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(starts).toContainEqual({
    status: 'rejected',
    reason: expect.objectContaining({
      message: `ports ${port} to ${port + 2} are needed for zero-cache, but already in use.`,
      problem: expect.objectContaining({ code: 'servers/port-taken' }),
    }),
  });
});

test('nodes of two stacks that start at once find ports of their own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'garden-nodes-'));
  const [first, second] = [createParts(), createParts()];
  const usual = await freePorts(12);
  const start = async (parts: Parts, name: string): Promise<readonly string[]> =>
    startZeroNodes(
      {
        ...(await appOf(name)),
        folder: join(folder, name),
        viewSyncers: 0,
        portFor: () => choosePorts('zero-cache', undefined, usual, 3),
        onEvent: () => {},
      },
      parts,
    ).then(({ urls }) => urls);
  try {
    const urls = await Promise.all([start(first, 'a'), start(second, 'b')]);
    expect(new Set(urls.flat()).size).toBe(2);
  } finally {
    await Promise.all([first.stop(), second.stop()]);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('says what zero-cache said when it does not come up', async () => {
  await expect(
    startZeroCache({ upstream: server.url, env: { ZERO_NUM_SYNC_WORKERS: 'many' } }),
  ).rejects.toThrow(/ended with[^]*many/);
});

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
