import { request as httpRequest } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../../migrations/index.ts';
import { steadySql } from '../../../postgres/steady-sql.ts';
import { serveFetch, type FetchServer } from '../../../processes/serve-fetch.ts';
import { sharedPostgres } from '../../../processes/shared-postgres.fixture.ts';
import { gardenMigrations } from '../migrations-folder.ts';
import { gardenApi } from './garden-api.ts';

const errors: unknown[] = [];
const cacheUrls: string[] = [];
let page: string;
let sql: postgres.Sql;
let client: postgres.Sql;
let server: FetchServer;

beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), 'garden-api-'));
  await writeFile(join(page, 'index.html'), 'the page');
  const url = await (await sharedPostgres()).createDatabase();
  await migrate(url, { folder: gardenMigrations });
  sql = postgres(url, { max: 2, onnotice: () => {} });
  client = postgres(url, { max: 2, onnotice: () => {} });
  const origins: string[] = [];
  const api = await gardenApi({
    sql,
    db: drizzle(steadySql(client)),
    identity: () => undefined,
    sign: () => Promise.resolve('the token'),
    apiKey: 'a key of the tests',
    cacheUrls,
    origins,
    appID: 'zero',
    page,
    onError: (error) => void errors.push(error),
  });
  server = await serveFetch(api);
  origins.push(server.url, server.url.replace('127.0.0.1', 'localhost'));
});
afterAll(async () => {
  await server?.stop();
  await Promise.all([sql?.end(), client?.end()]);
  await rm(page, { recursive: true, force: true });
});

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request like that of a browser. `fetch` would set Host itself. */
function signIn({ method = 'POST', headers = {}, body }: Sent = {}) {
  return new Promise<{ readonly status: number | undefined; readonly text: string }>(
    (resolve, reject) => {
      const sent = httpRequest(
        `${server.url}/api/sign-in`,
        {
          method,
          headers: { origin: server.url, 'content-type': 'application/json', ...headers },
        },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += String(chunk)));
          response.on('end', () => resolve({ status: response.statusCode, text }));
        },
      );
      sent.on('error', reject);
      sent.end(
        method === 'GET' ? undefined : (body ?? JSON.stringify({ as: 'user', name: 'Ada' })),
      );
    },
  );
}
const port = (): string => new URL(server.url).port;

test('the page signs in from 127.0.0.1 and from localhost', async () => {
  const answer = await signIn({ headers: { 'content-type': 'Application/JSON; charset=utf-8' } });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toMatchObject({ claims: { name: 'Ada', roles: [] } });
  const local = `localhost:${port()}`;
  expect((await signIn({ headers: { host: local, origin: `http://${local}` } })).status).toBe(200);
});

test.each<readonly [string, number, () => Sent]>([
  ['another method', 405, () => ({ method: 'GET' })],
  ['a change of method', 405, () => ({ method: 'PUT' })],
  ['a form', 415, () => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
  ['text, which needs no preflight', 415, () => ({ headers: { 'content-type': 'text/plain' } })],
  ['another site', 403, () => ({ headers: { origin: 'https://evil.example' } })],
  ['another port', 403, () => ({ headers: { origin: `http://127.0.0.1:1` } })],
  ['the other scheme', 403, () => ({ headers: { origin: `https://127.0.0.1:${port()}` } })],
  ['a sandboxed frame', 403, () => ({ headers: { origin: 'null' } })],
  [
    'a host name that was rebound to this machine',
    403,
    () => ({
      headers: { host: `evil.example:${port()}`, origin: `http://evil.example:${port()}` },
    }),
  ],
  ['another host with our origin', 403, () => ({ headers: { host: `evil.example:${port()}` } })],
  ['the name of the other host', 403, () => ({ headers: { host: `localhost:${port()}` } })],
  ['no JSON', 400, () => ({ body: '{' })],
  ['another role', 400, () => ({ body: JSON.stringify({ as: 'owner', name: 'Ada' }) })],
  ['a name with NUL', 400, () => ({ body: JSON.stringify({ as: 'user', name: 'a\0b' }) })],
])('%s is answered with %i, and signs nobody in', async (_, status, sent) => {
  const answer = await signIn(sent());
  expect(answer.status).toBe(status);
  expect(answer.text).not.toContain('token');
});

test('sign-in without Origin is refused', async () => {
  const response = await fetch(`${server.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'admin', name: 'Ada' }),
  });
  expect(response.status).toBe(403);
});

test('database errors are only logged', async () => {
  await sql`alter table account rename to persons`;
  try {
    const answer = await signIn();
    expect(answer).toEqual({ status: 500, text: '{"error":"the server failed."}' });
    expect(String(errors.at(-1))).toContain('relation "account" does not exist');
  } finally {
    await sql`alter table persons rename to account`;
  }
});

test.each(['/', '/api/config', '/api/nothing', '/assets/gone.js'])(
  '%s comes with a policy that no site frames, and that names zero-cache',
  async (path) => {
    const policyOf = async (): Promise<string> => {
      const { headers } = await fetch(server.url + path);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      return headers.get('content-security-policy') ?? '';
    };
    const before = await policyOf();
    expect(before).toContain("default-src 'none'");
    expect(before).toContain("frame-ancestors 'none'");
    expect(before).toContain('ws://127.0.0.1:*');
    cacheUrls.push('http://127.0.0.1:4848');
    expect(await policyOf()).toContain(
      "connect-src 'self' http://127.0.0.1:4848 ws://127.0.0.1:4848;",
    );
    cacheUrls.pop();
  },
);
