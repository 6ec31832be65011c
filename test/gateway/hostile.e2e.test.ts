import type { Sql } from 'postgres';
import { GATEWAY_ROLE } from '../../src/apps/gateway/database-roles.ts';
import { gatewayMigrations } from '../../src/apps/gateway/migrations-folder.ts';
import { mutators, queries, schema } from '../../src/apps/gateway/zero/index.ts';
import { rules } from '../../src/apps/gateway/zero/zero-rules.gen.ts';
import { newId } from '../../src/kit/index.ts';
import type { Planted } from '../hostile/hostile-app.ts';
import { testHostileClients } from '../hostile/test-hostile-clients.ts';

/** In columns that are not in the publication. */
const [PASSWORD, TOKEN] = ['scrypt$secretofthepassword', 'secretofthetoken'.padEnd(43, 'x')];

testHostileClients({
  name: 'gateway',
  migrations: gatewayMigrations,
  schema,
  queries,
  mutators,
  rules,
  role: GATEWAY_ROLE,
  publication: 'gateway_zero',
  plant,
  // It runs as its caller, and only the owner of a table may attach partitions.
  harmless: ['make_partitions'],
});

/** Three organizations: Ann and Ben are in the first, Ben and Eve in the second, nobody in the third. */
async function plant(sql: Sql): Promise<Planted> {
  const [ann, ben, eve] = [newId(), newId(), newId()] as const;
  const organizations = [newId(), newId(), newId()] as const;
  const [first, second] = organizations;
  await sql`insert into roles (id, name, description, created_at, updated_at)
    select gen_random_uuid(), name, 'about', now(), now() from unnest(enum_range(null::user_role)) name`;
  for (const [id, name] of Object.entries({ [ann]: 'Ann', [ben]: 'Ben', [eve]: 'Eve' })) {
    await sql`insert into users (id, email, name, role, password_hash, created_at, updated_at)
      values (${id}, ${`${name.toLowerCase()}@example.com`}, ${name}, 'viewer', ${PASSWORD}, now(), now())`;
    await sql`insert into user_preferences (id, user_id, theme, notifications, created_at, updated_at)
      values (${newId()}, ${id}, 'dark', true, now(), now())`;
    await sql`insert into sessions (id, user_id, token_hash, token_prefix, token_expires_at, created_at, updated_at)
      values (${newId()}, ${id}, ${TOKEN.slice(0, 40) + name}, 'mcpg_x', now() + interval '1 day', now(), now())`;
  }
  for (const [at, id] of organizations.entries()) {
    await sql`insert into organizations (id, name, slug, created_by, created_at, updated_at)
      values (${id}, ${`Org ${at}`}, ${`org-${at}`}, ${[ann, null, eve][at] ?? null}, now(), now())`;
  }
  for (const [user, organization, role] of [
    [ann, first, 'admin'],
    [ben, first, 'developer'],
    [ben, second, 'manager'],
    [eve, second, 'guest'],
  ] as const) {
    await sql`insert into users_organizations (id, user_id, organization_id, role, joined_at, updated_at)
      values (${newId()}, ${user}, ${organization}, ${role}, now(), now())`;
  }
  const servers: string[] = [];
  for (const tenant of organizations) {
    for (const isPublic of [true, false]) {
      const id = newId();
      servers.push(id);
      await sql`insert into mcp_servers (id, name, url, tenant_id, description, transport, timeout_ms,
          configuration, status, is_public, created_by, created_at, updated_at)
        values (${id}, ${`server ${servers.length}`}, ${`https://s${servers.length}.example.com`}, ${tenant}, 'secret plans',
          'sse', 1000, '{"retries": 2}', 'active', ${isPublic}, ${ben}, now(), now())`;
      await sql`insert into mcp_server_versions (id, server_id, version, is_latest, status, created_at, updated_at)
        values (${newId()}, ${id}, '1.0.0', true, 'active', now(), now())`;
      await sql`insert into mcp_server_tools (id, server_id, name, created_at, updated_at)
        values (${newId()}, ${id}, 'run', now(), now())`;
      await sql`insert into server_health_checks (id, server_id, status, checked_at)
        values (${newId()}, ${id}, 'unreachable', now())`;
      await sql`insert into server_requests (id, server_id, tenant_id, method, status_code, response_time, created_at)
        values (${newId()}, ${id}, ${tenant}, 'ping', 200, 1, now())`;
      await sql`insert into audit_logs (id, action, actor_id, target_id, tenant_id, timestamp)
        values (${newId()}, 'server.created', ${ben}, ${id}, ${tenant}, now())`;
    }
  }
  await sql`insert into audit_logs (id, action, timestamp) values (${newId()}, 'gateway.started', now())`;
  for (const table of [
    'server_request_hours',
    'organization_request_hours',
    'server_request_days',
  ]) {
    await sql.unsafe(`select rollups.refresh_${table}()`);
  }
  const given = `(values ${organizations.map((id) => `('${id}'::uuid)`).join()}) given (id)`;
  const period = `now() - interval '2 days', now() + interval '2 days'`;
  return {
    principals: {
      anonymous: {},
      ann: { sub: ann },
      ben: { sub: ben },
      eve: { sub: eve },
      admin: { sub: eve, roles: ['admin'] },
      forged: { sub: `${ann}' or true --`, roles: 'admin' },
    },
    queries: [
      queries.servers.public({}),
      queries.organizations.mine(),
      queries.users.me(),
      queries.roles.all(),
      queries.sessions.mine(),
      ...servers.map((id) => queries.servers.one({ id })),
      ...organizations.flatMap((organizationId) => [
        queries.servers.ofOrganization({ organizationId }),
        queries.organizations.one({ id: organizationId }),
        queries.auditLogs.ofOrganization({ organizationId }),
      ]),
    ],
    calls: [
      {
        name: 'search_servers',
        query: `select id from search_servers('secret') as id`,
        table: 'mcpServers',
      },
      {
        name: 'servers_configured',
        query: `select id from servers_configured('{"retries": 2}') as id`,
        table: 'mcpServers',
      },
      {
        name: 'slowest_servers',
        query: `select s.server_id as id from ${given} cross join lateral slowest_servers(given.id, ${period}) s`,
        table: 'mcpServers',
      },
      {
        name: 'organization_traffic',
        query: `select id from ${given} where exists (select from organization_traffic(given.id, ${period}))`,
        table: 'organizations',
      },
    ],
    secrets: [PASSWORD, TOKEN.slice(0, 40)],
  };
}
