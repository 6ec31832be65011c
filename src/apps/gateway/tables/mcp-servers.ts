import { isNotNull, sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  and,
  anyone,
  atLeast,
  baseColumns,
  boundedJson,
  descending,
  enumeration,
  eq,
  indexOn,
  instant,
  matches,
  maxLength,
  oneOf,
  or,
  owner,
  pgTable,
  plainDefault,
  printable,
  references,
  role,
  rowSearch,
  sortedText,
  uniqueIndexOn,
  uniqueOn,
  type Update,
} from '../../../kit/index.ts';
import { access, backend } from '../access.ts';
import type { UserRole } from './roles.ts';
import type { ServerConfig, ServerMetadata } from './server-config.ts';
import { configurationOfServer, serverWords, wordsOfServer } from './server-indexes.ts';
import { ofMember, organizations, users } from './users.ts';

export const serverStatuses = ['active', 'inactive', 'maintenance'] as const;
export type ServerStatus = (typeof serverStatuses)[number];

/** Transports of MCP that have a URL. */
export const serverTransports = ['streamable-http', 'sse'] as const;
export type ServerTransport = (typeof serverTransports)[number];

/** Members who change servers. */
const EDITORS: readonly UserRole[] = ['admin', 'manager', 'developer'];
const MANAGERS: readonly UserRole[] = ['admin', 'manager'];

/** An MCP server of an organization, which the gateway routes to. */
export const mcpServers = pgTable(
  'mcp_servers',
  {
    ...baseColumns(),
    name: sortedText('name').notNull(),
    url: sortedText('url').notNull(),
    /** The organization. */
    tenantId: uuid('tenant_id').notNull(),
    description: text('description'),
    transport: enumeration('transport', serverTransports).notNull(),
    timeoutMs: integer('timeout_ms').notNull(),
    configuration: jsonb('configuration').$type<ServerConfig>(),
    metadata: jsonb('metadata').$type<ServerMetadata>(),
    status: plainDefault(enumeration('status', serverStatuses).notNull(), 'inactive'),
    /** Whether everyone may read the row, signed in or not. */
    isPublic: plainDefault(boolean('is_public').notNull(), false),
    /** Written by the backend. */
    lastHealthCheck: instant('last_health_check'),
    expiresAt: instant('expires_at'),
    /** NULL if that user was deleted. */
    createdBy: uuid('created_by'),
  },
  (t) => [
    uniqueOn(t.tenantId, t.name),
    // The seed's unique().where() does not exist: a constraint has no WHERE, an index has.
    uniqueIndexOn(t.tenantId, t.url).where(sql`${t.status} = 'active'`),
    references(t.tenantId, organizations.id, 'cascade'),
    references(t.createdBy, users.id, 'set null'),
    // The seed's check_valid_url, check_positive_timeout and check_valid_date_range. House names
    // start with the table, because the names of checks are not unique in a schema.
    matches(t.url, /^https?:\/\/[!#-;=?-~]+$/, { max: 2048, name: 'mcp_servers_valid_url_check' }),
    atLeast(t.timeoutMs, 1, { name: 'mcp_servers_positive_timeout_check' }),
    check('mcp_servers_valid_date_range_check', sql`${t.expiresAt} > ${t.createdAt}`),
    oneOf(t.transport),
    oneOf(t.status),
    printable(t.name, { max: 100 }),
    maxLength(t.description, 2_000),
    boundedJson(t.configuration, { shape: 'object', maxBytes: 65_536, maxDepth: 16 }),
    boundedJson(t.metadata, { shape: 'object', maxBytes: 65_536, maxDepth: 16 }),
    indexOn(t.tenantId, t.status, t.id),
    indexOn(t.tenantId, t.createdAt, t.id),
    indexOn(descending(t.createdAt), descending(t.id)).where(sql`${t.isPublic}`),
    indexOn(t.lastHealthCheck.nullsFirst(), t.id).where(sql`${t.status} = 'active'`),
    indexOn(t.expiresAt, t.id).where(isNotNull(t.expiresAt)),
    indexOn(t.createdBy).where(isNotNull(t.createdBy)),
    configurationOfServer(t),
    wordsOfServer(),
    ...rowSearch(t, {
      name: 'search_servers',
      parameters: { query: 'text' },
      where: `${serverWords} @@ websearch_to_tsquery('english', :query)`,
      orderBy: `ts_rank(${serverWords}, websearch_to_tsquery('english', :query)) desc`,
      limit: 100,
    }),
    ...rowSearch(t, {
      name: 'servers_configured',
      parameters: { part: 'jsonb' },
      where: 'configuration @> :part',
      limit: 100,
    }),
    ...access(t, {
      read: or(eq(t.isPublic, true), ofMember(t.tenantId), role('admin')),
      insert: and(owner(t.createdBy), ofMember(t.tenantId, EDITORS)),
      update: ofMember(t.tenantId, EDITORS),
      delete: ofMember(t.tenantId, MANAGERS),
      immutable: [t.tenantId, t.createdBy, t.createdAt, t.lastHealthCheck],
    }),
    ...backend(t, {
      read: anyone,
      update: { rows: anyone, columns: [t.status, t.lastHealthCheck] },
    }),
  ],
).enableRLS();

export type McpServer = typeof mcpServers.$inferSelect;
export type NewMcpServer = typeof mcpServers.$inferInsert;
export type McpServerUpdate = Update<typeof mcpServers>;
