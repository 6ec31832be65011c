import type { PGlite } from '@electric-sql/pglite';

export const userId = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
export const tenantId = (number: number): string =>
  `00000000-0000-4000-9000-${number.toString(16).padStart(12, '0')}`;
export const serverId = (number: number): string =>
  `00000000-0000-4000-a000-${number.toString(16).padStart(12, '0')}`;

const id = (group: string, number: string): string =>
  `('00000000-0000-4000-${group}-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** Users, organizations and servers, in numbers; the first organization has half of the servers. */
export interface Plant {
  readonly users: number;
  readonly servers: number;
  readonly requests: number;
}

/** Half of the servers of the first organization, whose administrator is the first user. */
export async function plantGateway(
  client: Pick<PGlite, 'exec'>,
  { users, servers, requests }: Plant,
): Promise<void> {
  await client.exec(`
insert into roles (id, name, description, created_at, updated_at)
  select gen_random_uuid(), name, 'about', now(), now() from unnest(enum_range(null::user_role)) name;
insert into users (id, email, name, role, role_id, created_at, updated_at)
  select ${id('8000', 'g')}, 'user' || g || '@example.com', 'user ' || g, r.name, case when g % 50 = 0 then r.id end,
    timestamptz '2026-01-01' + g * interval '1 minute', now()
  from generate_series(1, ${users}) g join roles r on r.name = (enum_range(null::user_role))[1 + g % 6];
insert into organizations (id, name, slug, created_by, created_at, updated_at)
  select ${id('9000', 'g')}, 'org ' || g, 'org-' || g, case when g % 20 = 0 then ${id('8000', 'g')} end, now(), now()
  from generate_series(1, ${users}) g;
insert into users_organizations (id, user_id, organization_id, role, joined_at, updated_at)
  select gen_random_uuid(), ${id('8000', 'g')}, ${id('9000', 'case when g % 2 = 1 then 1 else g end')},
    (enum_range(null::user_role))[1 + (g - 1) % 6], now(), now()
  from generate_series(1, ${users}) g;
insert into sessions (id, user_id, token_hash, token_prefix, token_expires_at, created_at, updated_at)
  select gen_random_uuid(), ${id('8000', 'g')}, left(translate(encode(sha256(g::text::bytea), 'base64'), '+/', '-_'), 43), 'mcpg_x',
    now() + (g - 10) * interval '1 day', now(), now()
  from generate_series(1, ${users}) g;
insert into user_preferences (id, user_id, theme, notifications, created_at, updated_at)
  select gen_random_uuid(), id, 'light', true, now(), now() from users;
alter table mcp_servers disable trigger all;
insert into mcp_servers (id, name, url, tenant_id, description, transport, timeout_ms, configuration, status, is_public, last_health_check, expires_at, created_by, created_at, updated_at)
  select ${id('a000', 'g')}, 'server ' || g || ' kind' || g % 700, 'https://s' || g || '.example.com/mcp',
    ${id('9000', `case when g % 2 = 0 then 1 else 1 + g % ${users} end`)}, 'answers about topic' || g % 900, 'sse', 1000,
    jsonb_build_object('retries', g % 800), case when g % 40 = 2 then 'maintenance' when g % 4 = 0 then 'active' else 'inactive' end, g % 90 = 0,
    case when g % 7 > 0 then timestamptz '2026-03-01' + g % 3000 * interval '1 minute' end,
    case when g % 100 = 0 then timestamptz '2036-01-01' + g * interval '1 minute' end,
    case when g % 10 = 0 then ${id('8000', `1 + g % ${users}`)} end,
    timestamptz '2026-02-01' + g * interval '1 minute', now()
  from generate_series(1, ${servers}) g;
alter table mcp_servers enable trigger all;
insert into mcp_server_versions (id, server_id, version, is_latest, status, created_at, updated_at)
  select gen_random_uuid(), s.id, '1.' || v, v = 4, 'active', now(), now()
  from (select id from mcp_servers limit 500) s, generate_series(1, 4) v;
insert into mcp_server_tools (id, server_id, name, created_at, updated_at)
  select gen_random_uuid(), s.id, 'tool_' || v, now(), now()
  from (select id from mcp_servers limit 500) s, generate_series(1, 4) v;
insert into server_health_checks (id, server_id, status, status_code, response_time, checked_at)
  select gen_random_uuid(), ${id('a000', '1 + g % 20')}, 'healthy', 200, 5, timestamptz '2026-03-01' + g * interval '1 minute'
  from generate_series(1, 4000) g;
insert into server_requests (id, server_id, tenant_id, method, status_code, response_time, created_at)
  select gen_random_uuid(), ${id('a000', '1 + g % 40')}, ${id('9000', 'case when g % 40 % 2 = 1 then 1 else 2 + g % 40 end')},
    'tools/call', case when g % 25 = 0 then 502 else 200 end, g % 900,
    date_trunc('month', now()) + g * interval '1 minute'
  from generate_series(1, ${requests}) g;
insert into audit_logs (id, action, actor_id, target_id, tenant_id, timestamp)
  select gen_random_uuid(), 'server.changed', ${id('8000', '1 + g % 90')}, ${id('a000', '1 + g % 300')},
    ${id('9000', '1 + g % 70')}, timestamptz '2026-03-01' + g * interval '1 minute'
  from generate_series(1, 6000) g`);
  await client.exec(`select rollups.refresh_server_request_hours(1000000);
    select rollups.refresh_server_request_days(1000000)`);
  // With a visibility map, without which Postgres avoids scans of an index only.
  await client.exec('vacuum analyze');
}
