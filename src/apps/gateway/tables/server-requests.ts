import { integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import {
  anyone,
  atLeast,
  between,
  createdAt,
  descending,
  including,
  indexOn,
  maxLength,
  or,
  partitioned,
  pgTable,
  printable,
  role,
} from '../../../kit/index.ts';
import { access, backend } from '../access.ts';
import { ofMember } from './users.ts';

/**
 * A request that the gateway passed on, in partitions by month. Only the backend writes rows, in
 * batches; a repeated batch changes nothing, because the key has the client's id.
 *
 * The row has no foreign keys. A user or server that is deleted while their request runs would
 * refuse the whole batch, and deleting one would search all partitions. The history of a deleted
 * server ends with its partitions.
 */
export const serverRequests = pgTable(
  'server_requests',
  {
    id: uuid('id').notNull(),
    serverId: uuid('server_id').notNull(),
    /** The organization of the server, so that the policies read no other table for each row. */
    tenantId: uuid('tenant_id').notNull(),
    /** NULL for a request without a user. */
    userId: uuid('user_id'),
    /** Method of MCP: tools/call. */
    method: text('method').notNull(),
    /** The tool that was called. */
    toolName: text('tool_name'),
    statusCode: integer('status_code').notNull(),
    /** Milliseconds. */
    responseTime: integer('response_time').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    // Postgres requires the time in the key of a partitioned table. Zero does not sync the table.
    primaryKey({ columns: [t.id, t.createdAt] }),
    ...partitioned(t.createdAt, 'month'),
    printable(t.method, { max: 64 }),
    maxLength(t.toolName, 128),
    between(t.statusCode, 100, 599),
    atLeast(t.responseTime, 0),
    // The seed's requests_covering: statistics of a server read no row of the table.
    including(indexOn(t.serverId, t.createdAt), t.responseTime, t.statusCode),
    indexOn(t.tenantId, descending(t.createdAt), descending(t.id)),
    ...access(t, { read: or(role('admin'), ofMember(t.tenantId)) }),
    ...backend(t, { read: anyone, insert: anyone }),
  ],
).enableRLS();

export type ServerRequest = typeof serverRequests.$inferSelect;
export type NewServerRequest = typeof serverRequests.$inferInsert;
