import { sql } from 'drizzle-orm';
import { boolean, jsonb, text, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import {
  anyone,
  baseColumns,
  boundedJson,
  can,
  enumeration,
  exists,
  matches,
  maxLength,
  oneOf,
  pgTable,
  references,
  sortedText,
  uniqueIndexOn,
  uniqueOn,
  type Rule,
} from '../../../kit/index.ts';
import { access, backend } from '../access.ts';
import type { JsonObject } from '../../../kit/index.ts';
import { mcpServers } from './mcp-servers.ts';

/** The principal may read the server. */
export const ofVisibleServer = (serverId: AnyPgColumn<{ data: string }>): Rule =>
  exists(
    () => mcpServers,
    { id: serverId },
    () => anyone,
    { rows: 'visible' },
  );

/** The principal may change the server. */
const ofEditableServer = (serverId: AnyPgColumn<{ data: string }>): Rule =>
  can(() => mcpServers, { id: serverId }, 'update');

export const versionStatuses = ['active', 'deprecated', 'deleted'] as const;
export type VersionStatus = (typeof versionStatuses)[number];

/** A published version of a server, as in the registry of MCP. At most one is the latest. */
export const mcpServerVersions = pgTable(
  'mcp_server_versions',
  {
    ...baseColumns(),
    serverId: uuid('server_id').notNull(),
    version: sortedText('version').notNull(),
    isLatest: boolean('is_latest').notNull(),
    status: enumeration('status', versionStatuses).notNull(),
    changes: text('changes'),
  },
  (t) => [
    uniqueOn(t.serverId, t.version),
    uniqueIndexOn(t.serverId).where(sql`${t.isLatest}`),
    references(t.serverId, mcpServers.id, 'cascade'),
    matches(t.version, /^[0-9A-Za-z][0-9A-Za-z.+-]*$/, { max: 64 }),
    oneOf(t.status),
    maxLength(t.changes, 10_000),
    ...access(t, {
      read: ofVisibleServer(t.serverId),
      insert: ofEditableServer(t.serverId),
      update: ofEditableServer(t.serverId),
      immutable: [t.serverId, t.version, t.createdAt],
    }),
    ...backend(t, { read: anyone }),
  ],
).enableRLS();

/** A tool of a server that clients of the gateway may call. A tool without a row is refused. */
export const mcpServerTools = pgTable(
  'mcp_server_tools',
  {
    ...baseColumns(),
    serverId: uuid('server_id').notNull(),
    name: sortedText('name').notNull(),
    description: text('description'),
    /** JSON Schema of the arguments; NULL if it is unknown. */
    inputSchema: jsonb('input_schema').$type<JsonObject>(),
  },
  (t) => [
    uniqueOn(t.serverId, t.name),
    references(t.serverId, mcpServers.id, 'cascade'),
    matches(t.name, /^[0-9A-Za-z_./-]+$/, { max: 128 }),
    maxLength(t.description, 2_000),
    boundedJson(t.inputSchema, { shape: 'object', maxBytes: 65_536, maxDepth: 32 }),
    ...access(t, {
      read: ofVisibleServer(t.serverId),
      insert: ofEditableServer(t.serverId),
      update: ofEditableServer(t.serverId),
      delete: ofEditableServer(t.serverId),
      immutable: [t.serverId, t.createdAt],
    }),
    ...backend(t, { read: anyone }),
  ],
).enableRLS();

export type McpServerVersion = typeof mcpServerVersions.$inferSelect;
export type NewMcpServerVersion = typeof mcpServerVersions.$inferInsert;
export type McpServerTool = typeof mcpServerTools.$inferSelect;
export type NewMcpServerTool = typeof mcpServerTools.$inferInsert;
