import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BACKEND_ROLE, GATEWAY_ROLE } from '../../src/apps/gateway/database-roles.ts';
import { gatewayMigrations } from '../../src/apps/gateway/migrations-folder.ts';
import { insertExamples } from '../../src/apps/gateway/seed/seed.ts';
import { SERVERS } from '../../src/apps/gateway/seed/example-rows.ts';
import { BEN } from '../../src/apps/gateway/seed/example-users.ts';
import {
  logRequests,
  publishVersion,
  recordHealthChecks,
  sessionTokens,
} from '../../src/apps/gateway/server/index.ts';
import { newId } from '../../src/kit/index.ts';
import { migrate } from '../../src/migrations/index.ts';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { asPrincipal } from '../../src/server.ts';

let sql: postgres.Sql;
let db: AnyDatabase;
beforeAll(async () => {
  const url = await (await sharedPostgres()).createDatabase();
  await migrate(url, { folder: gatewayMigrations });
  sql = postgres(url, { max: 20, onnotice: () => {} });
  db = drizzle(sql);
});
afterAll(() => sql.end());

const times = <T>(count: number, run: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => run(at)));
const backend = { role: BACKEND_ROLE, claims: {} };
const [files, database] = SERVERS.map(({ id }) => id) as [string, string];

test('the seed is the same every time, and a second run adds nothing', async () => {
  const first = await db.transaction((tx) => insertExamples(tx));
  expect(first).toBeGreaterThan(300);
  const hash = () => sql`select md5(string_agg(r::text, ',' order by id)) from server_requests r`;
  const before = await hash();
  expect(await db.transaction((tx) => insertExamples(tx))).toBe(0);
  await sql`truncate server_requests, organizations, users, roles, audit_logs cascade`;
  expect(await db.transaction((tx) => insertExamples(tx))).toBe(first);
  expect(await hash()).toEqual(before);
});

test('of 20 concurrent publications one version is the latest', async () => {
  await times(20, (at) =>
    asPrincipal(db, { role: GATEWAY_ROLE, claims: { sub: BEN } }, (tx) =>
      publishVersion(tx, { serverId: files, version: `2.0.${at}` }),
    ),
  );
  const rows = await sql`select is_latest from mcp_server_versions where server_id = ${files}`;
  expect(rows.filter((row) => row['is_latest'])).toHaveLength(1);
  expect(rows).toHaveLength(22);
});

test('a batch that several senders repeat is logged once', async () => {
  const batch = Array.from({ length: 200 }, () => ({
    id: newId(),
    serverId: files,
    method: 'ping',
    statusCode: 200,
    responseTime: 1,
    createdAt: new Date(),
  }));
  const counts = await times(10, () => asPrincipal(db, backend, (tx) => logRequests(tx, batch)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(200);
});

test('health checks in opposite orders never wait for each other', async () => {
  const at = Date.now();
  await times(20, (turn) =>
    asPrincipal(db, backend, (tx) =>
      recordHealthChecks(
        tx,
        (turn % 2 === 0 ? [files, database] : [database, files]).map((serverId) => ({
          id: newId(),
          serverId,
          status: 'healthy' as const,
          statusCode: 200,
          responseTime: 1,
          error: null,
          checkedAt: new Date(at + turn * 1_000),
        })),
      ),
    ),
  );
  const rows =
    await sql`select distinct last_health_check from mcp_servers where id in ${sql([files, database])}`;
  expect(rows.map((row) => new Date(String(row['last_health_check'])))).toEqual([
    new Date(at + 19_000),
  ]);
});

test('of several rotations of one token at once, one wins', async () => {
  const now = new Date();
  const { token } = await sessionTokens.issue(db, {
    id: newId(),
    userId: BEN,
    createdAt: now,
    updatedAt: now,
  });
  const rotated = await times(10, () => sessionTokens.rotate(db, token));
  expect(rotated.filter(Boolean)).toHaveLength(1);
});
