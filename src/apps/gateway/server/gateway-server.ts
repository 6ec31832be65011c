import type { ZQLDatabase } from '@rocicorp/zero/server';
import { createServer, type SyncServer } from '../../../endpoints/create-server.ts';
import type { ServerOptions } from '../../../endpoints/server-options.ts';
import { GATEWAY_ROLE } from '../database-roles.ts';
import { mutators, queries, schema } from '../zero/index.ts';
import { rules } from '../zero/zero-rules.gen.ts';

type Decided = 'schema' | 'queries' | 'mutators' | 'rules' | 'role' | 'database';

/** Options of a server for the gateway. */
export interface GatewayServerOptions<T> extends Omit<ServerOptions<typeof schema, T>, Decided> {
  /** `zeroDrizzle(schema, db)`, with the schema of `@techgarden/schema/gateway/zero`. */
  readonly database: ZQLDatabase<typeof schema, T>;
}

/**
 * The endpoints for zero-cache.
 *
 * @example
 * import { gatewayServer } from '@techgarden/schema/gateway/server';
 * import { schema } from '@techgarden/schema/gateway/zero';
 *
 * const server = gatewayServer({
 *   database: zeroDrizzle(schema, db),
 *   identity: bearer({ secret, audience: 'gateway' }),
 *   apiKey: process.env['ZERO_API_KEY'],
 * });
 */
export const gatewayServer = <T>(options: GatewayServerOptions<T>): SyncServer =>
  createServer({ ...options, schema, queries, mutators, rules, role: GATEWAY_ROLE });
