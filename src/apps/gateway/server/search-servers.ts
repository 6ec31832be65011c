import { eq, sql, type SQL } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { mcpServers, type McpServer } from '../tables/mcp-servers.ts';
import type { ServerConfig } from '../tables/server-config.ts';

/**
 * Servers that the principal may read, and whose name or description has the words, best match
 * first. `"…"`, `or` and `-` work as in search engines. Run it as the principal: a function in the
 * database applies the access rules, because a query of a user cannot use the full-text index.
 */
export const searchServers = (
  db: AnyDatabase,
  query: string,
  limit = 20,
): Promise<readonly McpServer[]> =>
  found(db, sql`search_servers(${query}::text, ${limit}::integer)`);

/** Servers that the principal may read, and whose configuration contains a value. */
export const serversConfigured = (
  db: AnyDatabase,
  part: Partial<ServerConfig>,
  limit = 20,
): Promise<readonly McpServer[]> =>
  found(db, sql`servers_configured(${JSON.stringify(part)}::text::jsonb, ${limit}::integer)`);

/** The rows of the ids that a function returns, in its order. */
const found = async (db: AnyDatabase, ids: SQL): Promise<readonly McpServer[]> => {
  const rows = await db
    .select({ server: mcpServers })
    .from(sql`${ids} with ordinality as found (id, at)`)
    .innerJoin(mcpServers, eq(mcpServers.id, sql`found.id`))
    .orderBy(sql`found.at`);
  return rows.map(({ server }) => server as McpServer);
};
