import { and, avg, count, desc, eq, gt, gte, inArray, lt, max, sql } from 'drizzle-orm';
import { pagedQuery } from '../../../postgres/queries/paged-query.ts';
import { preparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { value } from '../../../postgres/queries/row-fields.ts';
import { mcpServers } from '../tables/mcp-servers.ts';
import { serverRequests, type ServerRequest } from '../tables/server-requests.ts';
import { sessions } from '../tables/sessions.ts';
import { someRequest, someServer } from './examples.ts';

const since = gte(serverRequests.createdAt, value('since', 'timestamptz'));
const until = lt(serverRequests.createdAt, value('until', 'timestamptz'));

/** A server with the statistics of its requests. */
export interface ServerWithStats {
  readonly id: string;
  readonly name: string;
  readonly requestCount: number;
  /** Milliseconds. */
  readonly avgResponseTime: number;
  readonly lastRequest: Date;
}

/**
 * The servers of an organization that had requests. The period is needed: without one, the query
 * would read all partitions.
 */
export const serversWithStats = preparedQuery<
  { tenantId: string; since: string; until: string },
  ServerWithStats
>({
  name: 'servers-with-stats',
  summary: 'the servers of an organization with requests in a period, the busiest first',
  build: (db) =>
    db
      .select({
        id: mcpServers.id,
        name: mcpServers.name,
        requestCount: count(serverRequests.id),
        avgResponseTime: avg(serverRequests.responseTime).mapWith(Number),
        lastRequest: max(serverRequests.createdAt),
      })
      .from(mcpServers)
      .leftJoin(serverRequests, and(eq(serverRequests.serverId, mcpServers.id), since, until))
      .where(eq(mcpServers.tenantId, value('tenantId', 'uuid')))
      .groupBy(mcpServers.id)
      .having(gt(count(serverRequests.id), 0))
      .orderBy(desc(count(serverRequests.id)), mcpServers.id) as never,
  example: someRequest(({ tenantId, createdAt }) => ({ tenantId, ...dayOf(createdAt) })),
});

/** Latencies of a server in a period, in milliseconds; null without requests. */
export interface LatencyPercentiles {
  readonly requestCount: number;
  readonly errorCount: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

const percentile = (fraction: number) =>
  sql<
    number | null
  >`percentile_cont(${sql.raw(String(fraction))}) within group (order by ${serverRequests.responseTime})`.mapWith(
    Number,
  );

/** Exact percentiles from the single requests. */
export const latencyPercentiles = preparedQuery<
  { serverId: string; since: string; until: string },
  LatencyPercentiles
>({
  name: 'latency-percentiles',
  summary: 'requests, errors and latency percentiles of a server in a period',
  build: (db) =>
    db
      .select({
        requestCount: count(),
        errorCount: sql`count(*) filter (where ${serverRequests.statusCode} >= 500)`.mapWith(
          Number,
        ),
        p50: percentile(0.5),
        p95: percentile(0.95),
        p99: percentile(0.99),
      })
      .from(serverRequests)
      .where(and(eq(serverRequests.serverId, value('serverId', 'uuid')), since, until)),
  example: someRequest(({ serverId, createdAt }) => ({ serverId, ...dayOf(createdAt) })),
});

export const requestsOfTenant = pagedQuery<{ tenantId: string }, ServerRequest>({
  name: 'requests-of-tenant',
  summary: 'the requests to the servers of an organization, newest first',
  size: 50,
  order: {
    createdAt: { column: serverRequests.createdAt, direction: 'desc' },
    id: { column: serverRequests.id, direction: 'desc' },
  },
  build: (db, after) =>
    db
      .select()
      .from(serverRequests)
      .where(and(eq(serverRequests.tenantId, value('tenantId', 'uuid')), after)),
  example: someServer(({ tenantId }) => ({ tenantId })),
});

/** A server, with who created it. */
export interface CreatedServer {
  readonly id: string;
  readonly name: string;
  readonly createdBy: string;
}

/** The servers whose creator is signed in. It reads all sessions: run it as the server. */
export const serversOfActiveUsers = pagedQuery<{}, CreatedServer>({
  name: 'servers-of-active-users',
  summary: 'the servers of users with a session that has not expired',
  size: 50,
  order: { id: { column: mcpServers.id } },
  build(db, after) {
    const activeUsers = db
      .select({ userId: sessions.userId })
      .from(sessions)
      .where(gt(sessions.tokenExpiresAt, sql`now()`));
    return db
      .select({ id: mcpServers.id, name: mcpServers.name, createdBy: mcpServers.createdBy })
      .from(mcpServers)
      .where(and(inArray(mcpServers.createdBy, activeUsers), after));
  },
  example: () => Promise.resolve({}),
});

/** The day of a request, in UTC. */
function dayOf(at: Date): { readonly since: string; readonly until: string } {
  const day = at.toISOString().slice(0, 10);
  const next = new Date(Date.parse(day) + 86_400_000);
  return { since: `${day}T00:00:00Z`, until: next.toISOString() };
}
