import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  latencyPercentiles,
  logRequests,
  recordHealthChecks,
  requestLog,
  requestsOfTenant,
  serversOfActiveUsers,
  serversWithStats,
  sessionTokens,
  type LoggedRequest,
} from '../../src/apps/gateway/server/index.ts';
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
  refusedBy,
} from './open-gateway.ts';

let gateway: Awaited<ReturnType<typeof openGateway>>;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const request = (change: Partial<LoggedRequest> = {}): LoggedRequest => ({
  id: newId(),
  serverId: FILES,
  userId: BEN,
  method: 'tools/call',
  toolName: 'read "a\\b" {,}',
  statusCode: 200,
  responseTime: 12,
  createdAt: new Date(),
  ...change,
});
const log = (...rows: readonly LoggedRequest[]) => gateway.asBackend((tx) => logRequests(tx, rows));
const count = async () => (await gateway.query('select from server_requests')).length;
const day = {
  since: new Date(Date.now() - 60_000).toISOString(),
  until: new Date(Date.now() + 86_400_000).toISOString(),
};

describe('logging requests as the backend', () => {
  test('writes a batch with the organization of each server, once', async () => {
    const batch = [request(), request({ serverId: FOREIGN, userId: null, toolName: null })];
    expect(await log(...batch)).toBe(2);
    expect(await log(...batch, request())).toBe(1);
    const { rows } = await gateway.as(BEN, (tx) => requestsOfTenant(tx, { tenantId: ACME }));
    expect(rows).toHaveLength(2);
    expect(rows.find(({ id }) => id === batch[0]?.id)).toEqual({ ...batch[0], tenantId: ACME });
    const foreign = await gateway.as(CLEO, (tx) => requestsOfTenant(tx, { tenantId: ACME }));
    expect(foreign.rows).toEqual([]);
    expect(await gateway.queryAs(undefined, 'select id from server_requests')).toEqual([]);
  });

  test('a user and a server that were deleted while the request ran do not refuse the batch', async () => {
    await gateway.query(`delete from users where id = '${BEN}'`);
    await gateway.query(`delete from mcp_servers where id = '${HIDDEN}'`);
    expect(await log(request(), request({ serverId: HIDDEN }))).toBe(1);
    expect(await gateway.query('select user_id from server_requests')).toEqual([{ user_id: BEN }]);
  });

  test('a month without a partition is named, and nothing is written', async () => {
    const late = request({ createdAt: new Date('2001-02-03T04:05:06Z') });
    await expect(log(request(), late)).rejects.toMatchObject({
      problem: { code: 'gateway/no-partition', context: [expect.stringContaining('2001-02-03')] },
    });
    expect(await count()).toBe(0);
  });

  test('users do not write requests', async () => {
    await expect(gateway.as(ADA, (tx) => logRequests(tx, [request()]))).rejects.toMatchObject(
      refusedBy('42501'),
    );
  });

  test('10,000 requests are one statement', async () => {
    expect(await log(...Array.from({ length: 10_000 }, () => request()))).toBe(10_000);
  });
});

describe('a request log', () => {
  test('writes batches, and drops only the requests that the database refuses', async () => {
    const errors: unknown[] = [];
    const requests = requestLog(gateway.db, { batch: 4, onError: (error) => errors.push(error) });
    const bad = [
      request({ statusCode: 999 }),
      request({ method: 'a\0b' }),
      request({ responseTime: -1 }),
    ];
    for (const one of [
      request(),
      ...bad,
      request(),
      request({ createdAt: new Date(0) }),
      request(),
    ]) {
      expect(requests.add(one)).toBe(true);
    }
    await requests.flush();
    expect(await count()).toBe(3);
    expect(errors).toHaveLength(4);
  });

  test('keeps a batch that could not be written, and drops what exceeds its capacity', async () => {
    const errors: unknown[] = [];
    const requests = requestLog(gateway.db, {
      capacity: 2,
      onError: (error) => errors.push(error),
    });
    expect([request(), request(), request()].map((one) => requests.add(one))).toEqual([
      true,
      true,
      false,
    ]);
    await gateway.client.exec('alter table server_requests rename to hidden_requests');
    try {
      await expect(requests.flush()).rejects.toMatchObject(refusedBy('42P01'));
    } finally {
      await gateway.client.exec('alter table hidden_requests rename to server_requests');
    }
    await requests.flush();
    expect(await count()).toBe(2);
    expect(errors).toEqual([]);
  });
});

describe('health checks as the backend', () => {
  const check = (serverId: string, checkedAt: Date) => ({
    id: newId(),
    serverId,
    status: 'degraded' as const,
    statusCode: null,
    responseTime: null,
    error: 'timed out',
    checkedAt,
  });

  test('are kept, and the time of the last one is that of the server', async () => {
    const [first, last] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-01-02T00:00:00Z')];
    const checks = [check(FILES, last), check(FILES, first), check(newId(), last)];
    const record = () => gateway.asBackend((tx) => recordHealthChecks(tx, checks));
    expect(await record()).toBe(2);
    expect(await record()).toBe(0);
    expect(
      await gateway.query(`select last_health_check at from mcp_servers where id = '${FILES}'`),
    ).toEqual([{ at: expect.anything() }]);
    const [row] = await gateway.query(
      `select last_health_check = '2026-01-02T00:00:00Z' as last from mcp_servers where id = '${FILES}'`,
    );
    expect(row).toEqual({ last: true });
    expect(await gateway.queryAs(BEN, 'select error from server_health_checks')).toHaveLength(2);
    expect(await gateway.queryAs(undefined, 'select error from server_health_checks')).toHaveLength(
      2,
    );
  });
});

describe('statistics', () => {
  beforeEach(() =>
    log(
      ...Array.from({ length: 100 }, (_, index) =>
        request({ responseTime: index + 1, statusCode: index % 10 === 0 ? 502 : 200 }),
      ),
      request({ serverId: HIDDEN }),
    ),
  );

  test('servers with requests, the busiest first', async () => {
    const rows = await serversWithStats(gateway.db, { tenantId: ACME, ...day });
    expect(rows).toEqual([
      {
        id: FILES,
        name: 'files',
        requestCount: 100,
        avgResponseTime: 50.5,
        lastRequest: expect.any(Date),
      },
      {
        id: HIDDEN,
        name: 'hidden',
        requestCount: 1,
        avgResponseTime: 12,
        lastRequest: expect.any(Date),
      },
    ]);
  });

  test('latency percentiles', async () => {
    expect(await latencyPercentiles(gateway.db, { serverId: FILES, ...day })).toEqual([
      {
        requestCount: 100,
        errorCount: 10,
        p50: 50.5,
        p95: expect.closeTo(95.05),
        p99: expect.closeTo(99.01),
      },
    ]);
    expect(await latencyPercentiles(gateway.db, { serverId: FOREIGN, ...day })).toEqual([
      { requestCount: 0, errorCount: 0, p50: null, p95: null, p99: null },
    ]);
  });

  test('servers of users with a session, in pages by key and by offset', async () => {
    expect((await serversOfActiveUsers(gateway.db, {})).rows).toEqual([]);
    const at = { createdAt: new Date(), updatedAt: new Date() };
    await sessionTokens.issue(gateway.db, { id: newId(), userId: ADA, ...at });
    const { rows } = await serversOfActiveUsers(gateway.db, {});
    expect(rows.map(({ name }) => name)).toEqual(['files', 'hidden']);
    const second = await serversOfActiveUsers.byOffset(gateway.db, { offset: 1 });
    expect(second.map(({ name }) => name)).toEqual(['hidden']);
    await gateway.query('update sessions set token_expires_at = now()');
    expect((await serversOfActiveUsers(gateway.db, {})).rows).toEqual([]);
  });
});
