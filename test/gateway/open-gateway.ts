import { drizzle } from 'drizzle-orm/pglite';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { BACKEND_ROLE, GATEWAY_ROLE } from '../../src/apps/gateway/database-roles.ts';
import { gatewayMigrations } from '../../src/apps/gateway/migrations-folder.ts';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { rowsOf } from '../../src/postgres/rows-of.ts';
import { asPrincipal } from '../../src/server.ts';
import { testDatabase } from '../../src/testing.ts';
import { serverId, tenantId, userId } from './plant-gateway.ts';

export const [ADA, BEN, CLEO] = [userId(1), userId(2), userId(3)];
export const [ACME, OTHER] = [tenantId(1), tenantId(2)];
export const [FILES, HIDDEN, FOREIGN] = [serverId(1), serverId(2), serverId(3)];

type Rows = readonly Readonly<Record<string, unknown>>[];

/** A gateway with two organizations: Ada and Ben are in Acme, Cleo is in the other one. */
export async function openGateway() {
  const database = await testDatabase({ folder: gatewayMigrations });
  const { client } = database;
  const db: AnyDatabase = drizzle(client);
  const rows = (tx: AnyDatabase, query: string): Promise<Rows> => rowsOf(tx, sql.raw(query));
  const principal = <T>(claims: Record<string, unknown>, run: (tx: AnyDatabase) => Promise<T>) =>
    asPrincipal(db, { role: GATEWAY_ROLE, claims }, run);
  return {
    client,
    db,
    /** Runs queries as the owner of the tables. */
    query: (query: string): Promise<Rows> => rows(db, query),
    as: <T>(sub: string | undefined, run: (tx: AnyDatabase) => Promise<T>): Promise<T> =>
      principal(sub === undefined ? {} : { sub }, run),
    queryAs: (sub: string | undefined, query: string, roles?: readonly string[]): Promise<Rows> =>
      principal({ ...(sub !== undefined && { sub }), ...(roles && { roles }) }, (tx) =>
        rows(tx, query),
      ),
    asBackend: <T>(run: (tx: AnyDatabase) => Promise<T>): Promise<T> =>
      asPrincipal(db, { role: BACKEND_ROLE, claims: {} }, run),
    queryAsBackend: (query: string): Promise<Rows> =>
      asPrincipal(db, { role: BACKEND_ROLE, claims: {} }, (tx) => rows(tx, query)),
    /** Only these rows. */
    async reset(): Promise<void> {
      await client.exec(`truncate roles, users, organizations, server_requests, audit_logs cascade;
insert into roles (id, name, description, created_at, updated_at) select gen_random_uuid(), name, '', now(), now()
  from unnest(enum_range(null::user_role)) name;
insert into users (id, email, name, role, created_at, updated_at) values
  ('${ADA}', 'ada@example.com', 'Ada', 'admin', now(), now()), ('${BEN}', 'ben@example.com', 'Ben', 'viewer', now(), now()),
  ('${CLEO}', 'cleo@example.com', 'Cleo', 'viewer', now(), now());
insert into organizations (id, name, slug, created_by, created_at, updated_at) values
  ('${ACME}', 'Acme', 'acme', '${ADA}', now(), now()), ('${OTHER}', 'Other', 'other', '${CLEO}', now(), now());
insert into users_organizations (id, user_id, organization_id, role, joined_at, updated_at) values
  (gen_random_uuid(), '${ADA}', '${ACME}', 'admin', now(), now()), (gen_random_uuid(), '${BEN}', '${ACME}', 'viewer', now(), now()),
  (gen_random_uuid(), '${CLEO}', '${OTHER}', 'admin', now(), now());
insert into mcp_servers (id, name, url, tenant_id, description, transport, timeout_ms, configuration, status, is_public, created_by, created_at, updated_at) values
  ('${FILES}', 'files', 'https://files.example.com', '${ACME}', 'reads files', 'sse', 1000, '{"retries": 2}', 'active', true, '${ADA}', now(), now()),
  ('${HIDDEN}', 'hidden', 'https://hidden.example.com', '${ACME}', 'reads secret files', 'sse', 1000, '{"retries": 2}', 'active', false, '${ADA}', now(), now()),
  ('${FOREIGN}', 'foreign', 'https://foreign.example.com', '${OTHER}', null, 'sse', 1000, null, 'active', false, '${CLEO}', now(), now())`);
    },
    close: () => database[Symbol.asyncDispose](),
  };
}

/** What a Drizzle error of a SQLSTATE, or of a constraint, looks like. */
export const refusedBy = (codeOrConstraint: string): object => ({
  cause: expect.toSatisfy(({ code, constraint }: { code?: string; constraint?: string }) =>
    [code, constraint].includes(codeOrConstraint),
  ) as unknown,
});
