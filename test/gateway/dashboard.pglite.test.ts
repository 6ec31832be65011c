import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GATEWAY_ROLE } from '../../src/apps/gateway/database-roles.ts';
import { gatewayMigrations } from '../../src/apps/gateway/migrations-folder.ts';
import {
  organizationDashboard,
  type Dashboard,
} from '../../src/apps/gateway/server/organization-dashboard.ts';
import {
  gatewayRollups,
  LATENCY_BOUNDS,
  serverRequestHours,
} from '../../src/apps/gateway/tables/rollups.ts';
import { updateRollups } from '../../src/maintain/rollups/update-rollups.ts';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { asPrincipal } from '../../src/server.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';

const uuid = (n: number): string => `0190c8b0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [TENANT, OTHER, MEMBER, STRANGER] = [uuid(1), uuid(2), uuid(3), uuid(4)];
const SERVERS = 14;
const BEGIN = Date.UTC(2026, 5, 1);

interface Sent {
  readonly server: number;
  readonly at: Date;
  readonly status: number;
  readonly ms: number;
}

/** Three days and a half; every server has its own speed. */
const sent: readonly Sent[] = Array.from({ length: 3_000 }, (_, at) => ({
  server: at % SERVERS,
  at: new Date(BEGIN + ((at * 104_729) % (84 * 3_600)) * 1_000),
  status: at % 9 === 0 ? 503 : 200,
  ms: ((at * 31) % 100) * (1 + (at % SERVERS)),
}));

let database: TestDatabase<Record<string, never>>;
let db: AnyDatabase;
beforeAll(async () => {
  database = await testDatabase({ folder: gatewayMigrations });
  db = drizzle(database.client);
  await database.client.exec(`
    select make_partitions('server_requests', 1, '2026-06-01');
    insert into users (id, email, name, role, created_at, updated_at) values
      ('${MEMBER}', 'ada@example.com', 'Ada', 'analyst', now(), now()), ('${STRANGER}', 'ben@example.com', 'Ben', 'analyst', now(), now());
    insert into organizations (id, name, slug, created_at, updated_at) values
      ('${TENANT}', 'One', 'one', now(), now()), ('${OTHER}', 'Two', 'two', now(), now());
    insert into users_organizations (id, user_id, organization_id, role, joined_at, updated_at) values
      ('${uuid(5)}', '${MEMBER}', '${TENANT}', 'viewer', now(), now());
    insert into server_requests (id, server_id, tenant_id, method, status_code, response_time, created_at) values
      ${sent.map(({ server, at, status, ms }) => `(gen_random_uuid(), '${uuid(100 + server)}', '${TENANT}', 'ping', ${status}, ${ms}, '${at.toISOString()}')`).join(', ')},
      (gen_random_uuid(), '${uuid(200)}', '${OTHER}', 'ping', 200, 99999, '2026-06-01T10:00:00Z')`);
  await updateRollups(db, gatewayRollups);
});
afterAll(() => database[Symbol.asyncDispose]());

const read = (
  since: number,
  until: number,
  claims: Readonly<Record<string, unknown>> = { sub: MEMBER },
  tenantId = TENANT,
): Promise<Dashboard> =>
  asPrincipal(db, { role: GATEWAY_ROLE, claims }, (tx) =>
    organizationDashboard(tx, { tenantId, since: new Date(since), until: new Date(until) }),
  );

const HOUR = 3_600_000;
const partOf = (ms: number | null): number => LATENCY_BOUNDS.filter((bound) => bound <= ms!).length;

/** The traffic of requests, computed from them. Percentiles by the part of the bounds. */
function trafficOf(list: readonly Sent[]) {
  const sorted = list.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const part = (fraction: number) => partOf(sorted[Math.ceil(fraction * list.length) - 1] ?? null);
  return {
    requests: list.length,
    errorRate: list.filter(({ status }) => status >= 500).length / list.length,
    p50: part(0.5),
    p95: part(0.95),
    p99: part(0.99),
  };
}
const inParts = <T extends ReturnType<typeof trafficOf> | Dashboard['total']>(traffic: T) => ({
  ...traffic,
  p50: partOf(traffic.p50),
  p95: partOf(traffic.p95),
  p99: partOf(traffic.p99),
});

test.each([
  ['whole days', BEGIN, BEGIN + 72 * HOUR],
  ['parts of days around whole days', BEGIN + 5 * HOUR, BEGIN + 80 * HOUR],
  ['less than a day', BEGIN + 25 * HOUR, BEGIN + 31 * HOUR],
  ['hours around midnight', BEGIN + 22 * HOUR, BEGIN + 26 * HOUR],
  ['minutes are rounded down to hours', BEGIN + 2 * HOUR + 59_999, BEGIN + 30 * HOUR + 1],
])('the dashboard equals the requests: %s', async (_, since, until) => {
  const [from, to] = [since, until].map((time) => Math.floor(time / HOUR) * HOUR) as [
    number,
    number,
  ];
  const list = sent.filter(({ at }) => at.getTime() >= from && at.getTime() < to);
  const found = await read(since, until);
  expect(inParts(found.total)).toEqual(trafficOf(list));
  const hours = Map.groupBy(list, ({ at }) => Math.floor(at.getTime() / HOUR) * HOUR);
  expect(found.hours.map(({ hour, ...traffic }) => [hour.getTime(), inParts(traffic)])).toEqual(
    [...hours].toSorted(([a], [b]) => a - b).map(([hour, own]) => [hour, trafficOf(own)]),
  );
  const servers = [...Map.groupBy(list, ({ server }) => server)].map(([server, own]) => ({
    serverId: uuid(100 + server),
    mean: own.reduce((sum, { ms }) => sum + ms, 0) / own.length,
    ...trafficOf(own),
  }));
  expect(found.slowest.map((one) => ({ ...one, ...inParts(one) }))).toEqual(
    servers.toSorted((a, b) => b.mean - a.mean || (a.serverId < b.serverId ? -1 : 1)).slice(0, 10),
  );
});

const EMPTY = {
  total: { requests: 0, errorRate: 0, p50: null, p95: null, p99: null },
  hours: [],
  slowest: [],
};

test('a period without requests, and one that ends before it begins, are empty', async () => {
  expect(await read(BEGIN - 48 * HOUR, BEGIN)).toEqual(EMPTY);
  expect(await read(BEGIN + 48 * HOUR, BEGIN)).toEqual(EMPTY);
});

test('only members and administrators see the traffic of an organization', async () => {
  const whole = [BEGIN, BEGIN + 84 * HOUR] as const;
  expect(await read(...whole, { sub: STRANGER })).toEqual(EMPTY);
  expect(await read(...whole, {})).toEqual(EMPTY);
  expect(await read(...whole, { sub: MEMBER }, OTHER)).toEqual(EMPTY);
  expect((await read(...whole, { sub: STRANGER, roles: ['admin'] })).total.requests).toBe(3_000);
  // The tables themselves have the same rule.
  const count = (claims: Readonly<Record<string, unknown>>) =>
    asPrincipal(db, { role: GATEWAY_ROLE, claims }, (tx) => tx.$count(serverRequestHours));
  expect(await count({ sub: STRANGER })).toBe(0);
  expect(await count({ sub: MEMBER })).toBeGreaterThan(500);
});
