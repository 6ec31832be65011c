import type { ZQLDatabase } from '@rocicorp/zero/server';
import { createServer, type SyncServer } from '../../../endpoints/create-server.ts';
import type { ServerOptions } from '../../../endpoints/server-options.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { PROMPTCRAFT_ROLE } from '../role.ts';
import { mutators, queries, schema } from '../zero/index.ts';
import { rules } from '../zero/zero-rules.gen.ts';
import { watchSecurity } from './watch-security.ts';

type Decided = 'schema' | 'queries' | 'mutators' | 'rules' | 'role' | 'database';

/** Options of a server for prompts. */
export interface PromptcraftServerOptions<T> extends Omit<
  ServerOptions<typeof schema, T>,
  Decided
> {
  /** `zeroDrizzle(schema, db)`, with the schema of `@techgarden/schema/promptcraft/zero`. */
  readonly database: ZQLDatabase<typeof schema, T>;
  /** Where security events are written, as the server's own role; without it, none are. */
  readonly security?: AnyDatabase;
}

/**
 * The endpoints for zero-cache. Denied mutations and failed sign-ins become security events.
 *
 * @example
 * import { promptcraftServer } from '@techgarden/schema/promptcraft/server';
 * import { schema } from '@techgarden/schema/promptcraft/zero';
 *
 * const server = promptcraftServer({
 *   database: zeroDrizzle(schema, db),
 *   security: db,
 *   identity: bearer({ secret, audience: 'promptcraft' }),
 *   apiKey: process.env['ZERO_API_KEY'],
 * });
 */
export function promptcraftServer<T>(options: PromptcraftServerOptions<T>): SyncServer {
  const watch = watchSecurity(options);
  const server = createServer({
    ...options,
    identity: watch.identity,
    schema,
    queries,
    mutators,
    rules,
    role: PROMPTCRAFT_ROLE,
  });
  return watch.server(server);
}
