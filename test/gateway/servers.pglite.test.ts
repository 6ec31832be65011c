import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  publishVersion,
  searchServers,
  serversConfigured,
} from '../../src/apps/gateway/server/index.ts';
import { createServerInput } from '../../src/apps/gateway/zod/index.ts';
import { newId } from '../../src/kit/index.ts';
import {
  ACME,
  ADA,
  BEN,
  CLEO,
  FILES,
  FOREIGN,
  HIDDEN,
  openGateway,
  OTHER,
  refusedBy,
} from './open-gateway.ts';

let gateway: Awaited<ReturnType<typeof openGateway>>;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const names = async (sub: string | undefined, roles?: readonly string[]) =>
  (await gateway.queryAs(sub, 'select name from mcp_servers order by name', roles)).map(
    ({ name }) => name,
  );
const insert = (tenant: string, creator: string, url = 'https://a.example.com', name = 'a') =>
  `insert into mcp_servers (id, name, url, tenant_id, transport, timeout_ms, status, is_public, created_by, created_at, updated_at)
   values (gen_random_uuid(), '${name}', '${url}', '${tenant}', 'sse', 1, 'active', false, '${creator}', now(), now())`;

describe('an organization is a tenant', () => {
  test('members read its servers, everyone the public ones, administrators all', async () => {
    expect(await names(BEN)).toEqual(['files', 'hidden']);
    expect(await names(CLEO)).toEqual(['files', 'foreign']);
    expect(await names(undefined)).toEqual(['files']);
    expect(await names(CLEO, ['admin'])).toEqual(['files', 'foreign', 'hidden']);
    await gateway.query(`delete from users_organizations where user_id = '${BEN}'`);
    expect(await names(BEN)).toEqual(['files']);
  });

  test('editors add and change servers, in their own name and organization', async () => {
    await gateway.queryAs(ADA, insert(ACME, ADA));
    for (const [sub, statement] of [
      [BEN, insert(ACME, BEN)],
      [ADA, insert(ACME, BEN)],
      [ADA, insert(OTHER, ADA)],
      [CLEO, insert(ACME, CLEO)],
    ] as const) {
      await expect(gateway.queryAs(sub, statement)).rejects.toMatchObject(refusedBy('42501'));
    }
    const update = `update mcp_servers set description = 'changed' returning name`;
    expect(await gateway.queryAs(BEN, update)).toEqual([]);
    expect(await gateway.queryAs(CLEO, update)).toEqual([{ name: 'foreign' }]);
    for (const column of ['tenant_id', 'created_by', 'last_health_check']) {
      const change = `update mcp_servers set ${column} = null where name = 'files'`;
      await expect(gateway.queryAs(ADA, change)).rejects.toMatchObject(refusedBy('42501'));
    }
  });

  test('an administrator of an organization adds members; nobody adds themself to another one', async () => {
    const add = (user: string, tenant: string, role = 'admin') =>
      `insert into users_organizations (id, user_id, organization_id, role, joined_at, updated_at)
       values (gen_random_uuid(), '${user}', '${tenant}', '${role}', now(), now())`;
    for (const [sub, statement] of [
      [CLEO, add(CLEO, ACME)],
      [BEN, add(CLEO, ACME, 'guest')],
    ] as const) {
      await expect(gateway.queryAs(sub, statement)).rejects.toMatchObject(refusedBy('42501'));
    }
    expect(
      await gateway.queryAs(BEN, `update users_organizations set role = 'admin' returning id`),
    ).toEqual([]);
    await gateway.queryAs(ADA, add(CLEO, ACME, 'guest'));
    expect(await names(CLEO)).toEqual(['files', 'foreign', 'hidden']);
    await expect(gateway.queryAs(ADA, add(CLEO, ACME, 'guest'))).rejects.toMatchObject(
      refusedBy('users_organizations_user_id_organization_id_unique'),
    );
  });

  test('users see themselves and those of their organizations', async () => {
    const users = async (sub: string) =>
      (await gateway.queryAs(sub, 'select name from users order by name')).map(({ name }) => name);
    expect(await users(BEN)).toEqual(['Ada', 'Ben']);
    expect(await users(CLEO)).toEqual(['Cleo']);
  });
});

describe('the constraints', () => {
  test.each([
    ['mcp_servers_valid_url_check', `url = 'ftp://files.example.com'`],
    ['mcp_servers_valid_url_check', `url = 'https://a b'`],
    ['mcp_servers_positive_timeout_check', 'timeout_ms = 0'],
    ['mcp_servers_valid_date_range_check', 'expires_at = created_at'],
    ['mcp_servers_configuration_check', `configuration = '[]'`],
    ['mcp_servers_tenant_id_name_unique', `name = 'hidden'`],
    ['idx_mcp_servers_tenant_id_url', `url = 'https://hidden.example.com'`],
  ])('%s refuses %s', async (constraint, change) => {
    await expect(
      gateway.query(`update mcp_servers set ${change} where id = '${FILES}'`),
    ).rejects.toMatchObject(refusedBy(constraint));
  });

  test('a URL is unique among the active servers of an organization only', async () => {
    await gateway.query(`update mcp_servers set status = 'inactive' where id = '${HIDDEN}'`);
    await gateway.query(
      `update mcp_servers set url = 'https://hidden.example.com' where id <> '${HIDDEN}'`,
    );
    await expect(
      gateway.query(`update mcp_servers set status = 'active' where id = '${HIDDEN}'`),
    ).rejects.toMatchObject(refusedBy('idx_mcp_servers_tenant_id_url'));
  });

  test('Zod knows the check across two columns, and the form of a configuration', () => {
    const at = new Date();
    const row = {
      id: newId(),
      name: 'a',
      url: 'https://a.example.com',
      tenantId: ACME,
      transport: 'sse',
      timeoutMs: 1,
      status: 'active',
      isPublic: false,
      configuration: { retries: 3 },
      createdAt: at,
      updatedAt: at,
    } as const;
    expect(createServerInput.safeParse(row).success).toBe(true);
    for (const change of [
      { expiresAt: at },
      { configuration: { retries: 11 } },
      { configuration: { secret: 'x' } },
      { configuration: { capabilities: ['tools', null] } },
    ]) {
      expect(createServerInput.safeParse({ ...row, ...change }).success).toBe(false);
    }
  });
});

describe('versions', () => {
  const latest = () =>
    gateway.query(`select version, is_latest from mcp_server_versions order by version`);

  test('the published version is the latest, and only one is', async () => {
    const publish = (version: string, sub = ADA) =>
      gateway.as(sub, (tx) => publishVersion(tx, { serverId: FILES, version }));
    expect(await publish('1.0.0')).toMatchObject({ version: '1.0.0', isLatest: true });
    await publish('1.1.0');
    expect(await latest()).toEqual([
      { version: '1.0.0', is_latest: false },
      { version: '1.1.0', is_latest: true },
    ]);
    await expect(publish('1.1.0')).rejects.toMatchObject(
      refusedBy('mcp_server_versions_server_id_version_unique'),
    );
    expect(await publish('2.0.0', CLEO)).toBeUndefined();
    expect(await publish('2.0.0', BEN)).toBeUndefined();
    expect(await latest()).toHaveLength(2);
    await expect(
      gateway.query(`update mcp_server_versions set is_latest = true`),
    ).rejects.toMatchObject(refusedBy('idx_mcp_server_versions_server_id'));
  });
});

describe('search', () => {
  const found = async (sub: string | undefined, query: string) =>
    (await gateway.as(sub, (tx) => searchServers(tx, query))).map(({ name }) => name).toSorted();

  test('finds words in what the principal may read', async () => {
    expect(await found(BEN, 'file')).toEqual(['files', 'hidden']);
    expect(await found(CLEO, 'files')).toEqual(['files']);
    expect(await found(undefined, 'files -secret')).toEqual(['files']);
    const configured = (sub: string) =>
      gateway.as(sub, (tx) => serversConfigured(tx, { retries: 2 }));
    expect(await configured(ADA)).toHaveLength(2);
    expect(await configured(CLEO)).toHaveLength(1);
  });

  test.each(['', "'); drop table users; --", '&|!(:*', '"', 'a'.repeat(100_000)])(
    'the words %s are harmless',
    async (words) => {
      expect(await found(ADA, words.slice(0, 100_000))).toEqual([]);
    },
  );
});

describe('the backend', () => {
  test('changes operational columns of all organizations, and nothing else', async () => {
    expect(
      await gateway.queryAsBackend(
        `update mcp_servers set status = 'maintenance', last_health_check = now() returning id`,
      ),
    ).toHaveLength(3);
    for (const statement of [
      `update mcp_servers set url = 'https://evil.example.com'`,
      `update mcp_servers set tenant_id = '${ACME}' where id = '${FOREIGN}'`,
      'delete from mcp_servers',
      insert(ACME, ADA),
      'select password_hash from users',
      `update users set role = 'admin'`,
      'select * from user_preferences',
      'select * from audit_logs',
      'update users_organizations set role = $$admin$$',
      'update sessions set token_expires_at = now()',
      'delete from server_requests',
      'truncate server_requests',
    ]) {
      await expect(gateway.queryAsBackend(statement), statement).rejects.toMatchObject(
        refusedBy('42501'),
      );
    }
    await gateway.queryAsBackend(
      `insert into audit_logs (id, action, timestamp) values (gen_random_uuid(), 'server.checked', now())`,
    );
  });
});
