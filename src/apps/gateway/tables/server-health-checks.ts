import { integer, text, uuid } from 'drizzle-orm/pg-core';
import {
  anyone,
  atLeast,
  between,
  descending,
  enumeration,
  id,
  indexOn,
  instant,
  maxLength,
  oneOf,
  pgTable,
  references,
} from '../../../kit/index.ts';
import { access, backend } from '../access.ts';
import { mcpServers } from './mcp-servers.ts';
import { ofVisibleServer } from './server-versions.ts';

export const healthStatuses = ['healthy', 'degraded', 'unreachable'] as const;
export type HealthStatus = (typeof healthStatuses)[number];

/** A health check of a server. Only the backend writes rows, and none is changed. */
export const serverHealthChecks = pgTable(
  'server_health_checks',
  {
    id: id(),
    serverId: uuid('server_id').notNull(),
    status: enumeration('status', healthStatuses).notNull(),
    /** NULL if the server did not answer. */
    statusCode: integer('status_code'),
    /** Milliseconds; NULL if the server did not answer. */
    responseTime: integer('response_time'),
    error: text('error'),
    checkedAt: instant('checked_at').notNull(),
  },
  (t) => [
    references(t.serverId, mcpServers.id, 'cascade'),
    oneOf(t.status),
    between(t.statusCode, 100, 599),
    atLeast(t.responseTime, 0),
    maxLength(t.error, 1_000),
    indexOn(t.serverId, descending(t.checkedAt), descending(t.id)),
    ...access(t, { read: ofVisibleServer(t.serverId) }),
    ...backend(t, { read: anyone, insert: anyone }),
  ],
).enableRLS();

export type ServerHealthCheck = typeof serverHealthChecks.$inferSelect;
export type NewServerHealthCheck = typeof serverHealthChecks.$inferInsert;
