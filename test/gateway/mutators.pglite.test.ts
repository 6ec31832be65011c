import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gatewayServer } from '../../src/apps/gateway/server/index.ts';
import { schema } from '../../src/apps/gateway/zero/index.ts';
import { newId } from '../../src/kit/index.ts';
import { bearer, type SyncServer } from '../../src/server.ts';
import {
  BOOKS,
  Client,
  mutate,
  post,
  SECRET,
  token,
  type Answer,
} from '../sync/garden-server.fixture.ts';
import { ACME, ADA, BEN, CLEO, FILES, openGateway } from './open-gateway.ts';

let gateway: Awaited<ReturnType<typeof openGateway>>;
let server: SyncServer;
let client: Client;
let tokens: Readonly<Record<string, string>>;
const errors: unknown[] = [];
beforeAll(async () => {
  gateway = await openGateway();
  await gateway.client.exec(BOOKS);
  server = gatewayServer({
    database: zeroDrizzle(schema, drizzle(gateway.client)),
    identity: bearer({ secret: SECRET, audience: 'garden' }),
    apiKey: false,
    onError: (error) => void errors.push(error),
  });
  tokens = {
    [ADA]: await token({ sub: ADA }),
    [BEN]: await token({ sub: BEN }),
    [CLEO]: await token({ sub: CLEO }),
    expired: await token({ sub: ADA }, { expires: '-5m' }),
  };
});
afterAll(() => gateway.close());
beforeEach(async () => {
  await gateway.reset();
  await gateway.client.exec('truncate zero_0.clients, zero_0.mutations');
  client = new Client();
  errors.length = 0;
});

const call = (sub: string | undefined, name: string, args: unknown): Promise<Answer> =>
  mutate(server, client, { name, args }, sub === undefined ? undefined : tokens[sub]);
const at = Date.now();
const serverRow = (change: object = {}) => ({
  id: newId(),
  name: 'new',
  url: 'https://new.example.com',
  tenantId: ACME,
  description: null,
  transport: 'sse',
  timeoutMs: 1000,
  configuration: null,
  metadata: null,
  status: 'inactive',
  isPublic: false,
  lastHealthCheck: null,
  expiresAt: null,
  createdBy: ADA,
  createdAt: at,
  updatedAt: at,
  ...change,
});
const insert = (sub: string, change: object = {}) =>
  call(sub, 'rows.mcpServers.insert', serverRow(change));

describe('mutators', () => {
  test('create an organization with its first member', async () => {
    const [id, membershipId] = [newId(), newId()];
    const args = { id, membershipId, name: 'New', slug: 'new', at };
    expect(await call(BEN, 'organizations.create', args)).toEqual({});
    expect(
      await gateway.queryAs(
        BEN,
        `select role from users_organizations where organization_id = '${id}'`,
      ),
    ).toEqual([{ role: 'admin' }]);
    const again = { ...args, id: newId(), membershipId: newId(), slug: 'new-2' };
    expect(await call(undefined, 'organizations.create', again)).toMatchObject({
      details: { code: 'gateway/not-signed-in' },
    });
  });

  test('publish a version as the latest, for editors only', async () => {
    const publish = (sub: string, version: string) =>
      call(sub, 'versions.publish', { id: newId(), serverId: FILES, version, at });
    expect(await publish(ADA, '1.0.0')).toEqual({});
    expect(await publish(ADA, '1.1.0')).toEqual({});
    for (const sub of [BEN, CLEO]) {
      expect(await publish(sub, '2.0.0')).toMatchObject({ error: 'app' });
    }
    expect(await gateway.query('select version from mcp_server_versions where is_latest')).toEqual([
      { version: '1.1.0' },
    ]);
  });

  test('an editor adds a server; a viewer and a foreign tenant do not', async () => {
    expect(await insert(ADA)).toEqual({});
    expect(await insert(BEN, { createdBy: BEN, name: 'b' })).toMatchObject({ error: 'app' });
    expect(await insert(CLEO, { createdBy: CLEO, name: 'c' })).toMatchObject({ error: 'app' });
    expect(await gateway.query(`select name from mcp_servers where status = 'inactive'`)).toEqual([
      { name: 'new' },
    ]);
  });

  test('an expired token, and a replayed mutation, change nothing', async () => {
    await expect(call('expired', 'rows.mcpServers.insert', serverRow())).rejects.toThrow(
      'the token is not valid',
    );
    client = new Client();
    expect(await insert(ADA)).toEqual({});
    client.last = 0;
    await insert(ADA, { name: 'replayed' }).catch(() => {});
    expect(await gateway.query(`select name from mcp_servers where status = 'inactive'`)).toEqual([
      { name: 'new' },
    ]);
  });
});

const nested = (depth: number): unknown => {
  let value: unknown = {};
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
};

describe('bad input is refused without an error of the server', () => {
  test.each<[string, object]>([
    ['metadata of 10 MB', { metadata: { text: 'x'.repeat(10_000_000) } }],
    ['JSON nested 17 deep', { configuration: nested(17) }],
    ['a list as metadata', { metadata: [null] }],
    ['NUL in a name', { name: 'a\0b' }],
    ['NUL in JSON', { metadata: { a: '\0' } }],
    ['a control character', { name: 'a\u001b[2J' }],
    ['a URL with a quote', { url: 'https://a.example.com/"onload=' }],
    ['another scheme', { url: 'javascript:alert(1)' }],
    ['a fraction as a timeout', { timeoutMs: 1.5 }],
    ['a huge timeout', { timeoutMs: 2 ** 31 }],
    ['no timeout', { timeoutMs: 0 }],
    ['an unknown status', { status: 'deleted' }],
    ['an id that is none', { id: 'x' }],
    ['half of a surrogate pair', { name: '\ud800' }],
  ])('%s', async (_, change) => {
    expect(await insert(ADA, change)).toMatchObject({ error: 'app' });
    expect(errors).toEqual([]);
    expect(await gateway.query(`select from mcp_servers where status = 'inactive'`)).toEqual([]);
  });

  test('JSON nested 10,000 deep', async () => {
    const push = client.push({ name: 'rows.mcpServers.insert', args: serverRow({ metadata: 0 }) });
    const deep = `"metadata":${'{"a":'.repeat(10_000)}{}${'}'.repeat(10_000)}`;
    const body = JSON.stringify(push).replace('"metadata":0', deep);
    const response = await server.mutate(post('/mutate', body, tokens[ADA]));
    expect(await response.text()).toContain('Failed to parse push body');
    expect(errors).toEqual([]);
  });

  test.each(['select', 'user', 'table', "'; drop table users; --", '__proto__', '名'])(
    'the name %j is only a name',
    async (name) => {
      const metadata = JSON.parse(JSON.stringify({ [name]: name })) as object;
      expect(await insert(ADA, { name, metadata })).toEqual({});
      expect(await gateway.query(`select name from mcp_servers where status = 'inactive'`)).toEqual(
        [{ name }],
      );
    },
  );
});
