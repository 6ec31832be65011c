import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { BACKEND_ROLE } from '../../../src/apps/gateway/database-roles.ts';
import { gatewayMigrations } from '../../../src/apps/gateway/migrations-folder.ts';
import { newId } from '../../../src/kit/id.ts';
import { migrate } from '../../../src/migrations/index.ts';
import type { AnyDatabase } from '../../../src/postgres/any-database.ts';
import type { PostgresServer } from '../../../src/processes/postgres-server.ts';

/** The 30 days of the measurements: one partition. */
export const SINCE = new Date('2026-06-01T00:00:00Z');
export const UNTIL = new Date('2026-07-01T00:00:00Z');
export const SERVERS = 500;

/** A migrated gateway with one organization, one member and 500 servers. */
export interface Gateway {
  readonly url: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly serverIds: readonly string[];
  /** A connection as the owner of the tables. */
  readonly owner: Sql;
  /** A connection as the role of the backend, which the policies apply to. */
  readonly backend: Sql;
}

export async function openGateway(server: PostgresServer): Promise<Gateway> {
  const url = await server.createDatabase();
  await migrate(url, { folder: gatewayMigrations });
  const owner = postgres(url, { max: 1, onnotice: () => undefined });
  const backend = postgres(url, { max: 1, connection: { role: BACKEND_ROLE } });
  const [tenantId, userId] = [newId(), newId()];
  const serverIds = Array.from({ length: SERVERS }, () => newId());
  await owner`insert into users (id, email, name, role, created_at, updated_at)
    values (${userId}, 'ada@example.com', 'Ada', 'analyst', now(), now())`;
  await owner`insert into organizations (id, name, slug, created_by, created_at, updated_at)
    values (${tenantId}, 'Analytical Engines', 'engines', ${userId}, now(), now())`;
  await owner`insert into users_organizations (id, user_id, organization_id, role, joined_at, updated_at)
    values (${newId()}, ${userId}, ${tenantId}, 'analyst', now(), now())`;
  await owner`insert into mcp_servers (id, name, url, tenant_id, transport, timeout_ms, status, is_public, created_at, updated_at)
    select id, 'server ' || n, 'https://example.com/' || n, ${tenantId}, 'streamable-http', 1000, 'active', false, now(), now()
    from unnest(${serverIds}::uuid[]) with ordinality as one (id, n)`;
  await owner`select make_partitions('server_requests', 1, ${SINCE.toISOString()})`;
  await owner`vacuum analyze`;
  return { url, tenantId, userId, serverIds, owner, backend };
}

/** The bench has its own copy of Drizzle, with other types. */
export const databaseOf = (sql: Sql): AnyDatabase => drizzle(sql) as never;

export const closeGateway = async ({ owner, backend }: Gateway): Promise<void> => {
  await Promise.all([owner.end(), backend.end()]);
};
