import type { ZQLDatabase } from '@rocicorp/zero/server';
import { createServer, type SyncServer } from '../../../endpoints/create-server.ts';
import type { ServerOptions } from '../../../endpoints/server-options.ts';
import { MCP_ROLE } from '../role.ts';
import { mutators, queries, schema } from '../zero/index.ts';
import { rules } from '../zero/zero-rules.gen.ts';

type Decided = 'schema' | 'queries' | 'mutators' | 'rules' | 'role' | 'database';

/** Options of a server for package configurations. */
export interface McpServerOptions<T> extends Omit<ServerOptions<typeof schema, T>, Decided> {
  /** `zeroDrizzle(schema, db)`, with the schema of `@techgarden/schema/mcp/zero`. */
  readonly database: ZQLDatabase<typeof schema, T>;
}

/**
 * The endpoints for zero-cache.
 *
 * @example
 * import { mcpServer } from '@techgarden/schema/mcp/server';
 * import { schema } from '@techgarden/schema/mcp/zero';
 *
 * const server = mcpServer({
 *   database: zeroDrizzle(schema, db),
 *   identity: bearer({ secret, audience: 'mcp' }),
 *   apiKey: process.env['ZERO_API_KEY'],
 * });
 */
export const mcpServer = <T>(options: McpServerOptions<T>): SyncServer =>
  createServer({ ...options, schema, queries, mutators, rules, role: MCP_ROLE });
