import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { pagedQuery } from '../../../postgres/queries/paged-query.ts';
import { preparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { value } from '../../../postgres/queries/row-fields.ts';
import { mcpServers, type McpServer, type ServerStatus } from '../tables/mcp-servers.ts';
import { serverHealthChecks, type ServerHealthCheck } from '../tables/server-health-checks.ts';
import {
  mcpServerTools,
  mcpServerVersions,
  type McpServerTool,
  type McpServerVersion,
} from '../tables/server-versions.ts';
import { someServer } from './examples.ts';

/** A server in a list. */
export type ListedServer = Pick<
  McpServer,
  | 'id'
  | 'tenantId'
  | 'name'
  | 'url'
  | 'transport'
  | 'status'
  | 'isPublic'
  | 'lastHealthCheck'
  | 'expiresAt'
  | 'createdAt'
>;

const columns = {
  id: mcpServers.id,
  tenantId: mcpServers.tenantId,
  name: mcpServers.name,
  url: mcpServers.url,
  transport: mcpServers.transport,
  status: mcpServers.status,
  isPublic: mcpServers.isPublic,
  lastHealthCheck: mcpServers.lastHealthCheck,
  expiresAt: mcpServers.expiresAt,
  createdAt: mcpServers.createdAt,
};
const size = 50;
const ofTenant = eq(mcpServers.tenantId, value('tenantId', 'uuid'));
const isActive = sql`${mcpServers.status} = 'active'`;
const byId = { id: { column: mcpServers.id } };
const ofServer = someServer(({ id }) => ({ serverId: id }));

export const serversOfTenant = pagedQuery<{ tenantId: string }, ListedServer>({
  name: 'servers-of-tenant',
  summary: 'the servers of an organization, oldest first',
  size,
  order: { createdAt: { column: mcpServers.createdAt }, ...byId },
  build: (db, after) => db.select(columns).from(mcpServers).where(and(ofTenant, after)),
  example: someServer(({ tenantId }) => ({ tenantId })),
});

export const serversWithStatus = pagedQuery<
  { tenantId: string; status: ServerStatus },
  ListedServer
>({
  name: 'servers-with-status',
  summary: 'the servers of an organization with one status',
  size,
  order: byId,
  build: (db, after) =>
    db
      .select(columns)
      .from(mcpServers)
      .where(and(ofTenant, sql`${mcpServers.status} = ${value('status', 'text')}`, after)),
  example: someServer(({ tenantId, status }) => ({ tenantId, status })),
});

export const publicServers = pagedQuery<{}, ListedServer>({
  name: 'public-servers',
  summary: 'the public servers of all organizations, newest first',
  size,
  order: {
    createdAt: { column: mcpServers.createdAt, direction: 'desc' },
    id: { column: mcpServers.id, direction: 'desc' },
  },
  build: (db, after) =>
    db
      .select(columns)
      .from(mcpServers)
      .where(and(sql`${mcpServers.isPublic}`, after)),
  example: () => Promise.resolve({}),
});

export const serversToCheck = pagedQuery<{}, ListedServer>({
  name: 'servers-to-check',
  summary: 'the active servers whose last health check is the oldest',
  size,
  order: { lastHealthCheck: { column: mcpServers.lastHealthCheck, nulls: 'first' }, ...byId },
  build: (db, after) => db.select(columns).from(mcpServers).where(and(isActive, after)),
  example: () => Promise.resolve({}),
});

export const expiringServers = pagedQuery<{}, ListedServer>({
  name: 'expiring-servers',
  summary: 'the servers that expire, the next one first',
  size,
  order: { expiresAt: { column: mcpServers.expiresAt }, ...byId },
  build: (db, after) =>
    db
      .select(columns)
      .from(mcpServers)
      .where(and(isNotNull(mcpServers.expiresAt), after)),
  example: () => Promise.resolve({}),
});

export const serverNamed = preparedQuery<{ tenantId: string; name: string }, ListedServer>({
  name: 'server-named',
  summary: 'the server of an organization with a name',
  build: (db) =>
    db
      .select(columns)
      .from(mcpServers)
      .where(and(ofTenant, sql`${mcpServers.name} = ${value('name', 'text')}`)),
  example: someServer(({ tenantId, name }) => ({ tenantId, name })),
});

export const activeServerAt = preparedQuery<{ tenantId: string; url: string }, ListedServer>({
  name: 'active-server-at',
  summary: 'the active server of an organization at a URL',
  build: (db) =>
    db
      .select(columns)
      .from(mcpServers)
      .where(and(ofTenant, sql`${mcpServers.url} = ${value('url', 'text')}`, isActive)),
  example: someServer(({ tenantId, url }) => ({ tenantId, url })),
});

export const latestVersion = preparedQuery<{ serverId: string }, McpServerVersion>({
  name: 'latest-version',
  summary: 'the latest version of a server',
  build: (db) =>
    db
      .select()
      .from(mcpServerVersions)
      .where(
        and(
          eq(mcpServerVersions.serverId, value('serverId', 'uuid')),
          sql`${mcpServerVersions.isLatest}`,
        ),
      ),
  example: ofServer,
});

export const allowedTool = preparedQuery<{ serverId: string; name: string }, McpServerTool>({
  name: 'allowed-tool',
  summary: 'a tool of a server, if clients may call it',
  build: (db) =>
    db
      .select()
      .from(mcpServerTools)
      .where(
        and(
          eq(mcpServerTools.serverId, value('serverId', 'uuid')),
          sql`${mcpServerTools.name} = ${value('name', 'text')}`,
        ),
      ),
  async example(db) {
    const [row] = await db
      .select({ serverId: mcpServerTools.serverId, name: mcpServerTools.name })
      .from(mcpServerTools)
      .limit(1);
    return row;
  },
});

export const healthOfServer = pagedQuery<{ serverId: string }, ServerHealthCheck>({
  name: 'health-of-server',
  summary: 'the health checks of a server, newest first',
  size,
  order: {
    checkedAt: { column: serverHealthChecks.checkedAt, direction: 'desc' },
    id: { column: serverHealthChecks.id, direction: 'desc' },
  },
  build: (db, after) =>
    db
      .select()
      .from(serverHealthChecks)
      .where(and(eq(serverHealthChecks.serverId, value('serverId', 'uuid')), after)),
  example: ofServer,
});
