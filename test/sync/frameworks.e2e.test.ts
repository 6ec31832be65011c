import { createServer as createHttpServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { nodeListener } from '../../src/server.ts';
import { Client, gardenServer, post, token, type GardenServer } from './garden-server.fixture.ts';

let garden: GardenServer;
beforeAll(async () => {
  garden = await gardenServer();
});
beforeEach(() => garden.client.exec('truncate account, zero_0.clients cascade'));
afterAll(() => garden[Symbol.asyncDispose]());

/** Starts on a free port, and returns the URL. */
const listen = (server: Server | ServerType): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    });
  });

const stop = (server: Server | ServerType): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });

/** The requests of zero-cache, over HTTP. */
async function exchange(base: string): Promise<void> {
  const sub = newId();
  const bearer = await token({ sub });
  const send = (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    return fetch(new Request(`${base}${pathname}${search}`, request));
  };
  const push = new Client().push({
    name: 'profile.save',
    args: { name: 'Änn 🌱', at: Date.now() },
  });
  const mutated = await send(post('/api/zero/mutate', push, bearer));
  expect(mutated.status).toBe(200);
  expect(await mutated.json()).toMatchObject({ userID: sub, mutations: [{ result: {} }] });
  expect(await garden.rows('select id, name from account')).toEqual([{ id: sub, name: 'Änn 🌱' }]);

  const asked = ['transform', [{ id: '1', name: 'profile.mine', args: [] }]];
  const queried = await send(post('/api/zero/query', asked, bearer));
  expect(queried.headers.get('content-type')).toContain('application/json');
  expect(await queried.json()).toMatchObject({
    userID: sub,
    queries: [{ ast: { table: 'account' } }],
  });
  expect((await send(post('/api/zero/query', asked, 'forged'))).status).toBe(401);
  expect((await fetch(`${base}/api/zero/query`)).status).toBe(405);
}

test('Hono', async () => {
  const app = new Hono();
  app.all('/api/zero/*', (context) => garden.server.handler(context.req.raw));
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  try {
    await new Promise((resolve) => {
      server.once('listening', resolve);
    });
    const address = server.address();
    await exchange(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  } finally {
    await stop(server);
  }
});

describe('plain Node', () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createHttpServer(nodeListener(garden.server));
    base = await listen(server);
  });
  afterAll(() => stop(server));

  test('answers', () => exchange(base));

  test('continues after malformed requests', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const raw = (text: string): Promise<string> =>
      new Promise((resolve) => {
        let answer = '';
        const socket = connect(Number(new URL(base).port), '127.0.0.1', () => socket.end(text));
        socket.on('data', (chunk) => (answer += String(chunk)));
        socket.on('close', () => resolve(answer));
        socket.on('error', () => resolve(answer));
      });
    const host = 'Host: x\r\n';
    expect(
      await raw(
        `POST //evil.test/query HTTP/1.1\r\n${host}Content-Length: 2\r\nConnection: close\r\n\r\n[]`,
      ),
    ).toContain('400');
    expect(await raw(`TRACE /query HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)).toContain('400');
    await raw(`POST /query HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\ncut`);
    const large = new Request(`${base}/query`, {
      method: 'POST',
      body: 'x'.repeat(17 * 1024 * 1024),
    });
    const refused = await fetch(large).then(
      ({ status }) => status,
      () => 413,
    );
    expect(refused).toBe(413);
    await exchange(base);
  });
});

test('a Fetch handler', async () => {
  const worker = { fetch: (request: Request) => garden.server.handler(request) };
  const body = ['transform', [{ id: '1', name: 'tags.list', args: [{}] }]];
  const response = await worker.fetch(post('/query', body));
  expect(await response.json()).toMatchObject({ queries: [{ ast: { table: 'tags' } }] });
});
