import type { ZQLDatabase } from '@rocicorp/zero/server';
import { GARDEN_ROLE } from '../access.ts';
import type { QueueDatabase } from '../queue/queue-database.ts';
import type { QueueSettings } from '../queue/settings.ts';
import { createServer, type SyncServer } from '../../../endpoints/create-server.ts';
import type { ServerOptions } from '../../../endpoints/server-options.ts';
import { queries, schema } from '../zero/index.ts';
import { rules } from '../zero/zero-rules.gen.ts';
import { serverMutators } from './server-mutators.ts';

type Decided = 'schema' | 'queries' | 'mutators' | 'rules' | 'role' | 'database' | 'context';

/** Options of a garden server. */
export interface GardenServerOptions<T extends QueueDatabase> extends Omit<
  ServerOptions<typeof schema, T>,
  Decided
> {
  /** `zeroDrizzle(schema, db)`, with the schema of `@techgarden/schema/garden/zero`. */
  readonly database: ZQLDatabase<typeof schema, T>;
  /**
   * Overrides for the settings of the queue, such as the request limit per user and the cooldown.
   */
  readonly queue?: Partial<QueueSettings>;
}

/**
 * The garden's endpoints for zero-cache.
 *
 * @example
 * const server = gardenServer({
 *   database: zeroDrizzle(schema, db),
 *   identity: bearer({ secret, audience: 'garden' }),
 *   apiKey: process.env['ZERO_API_KEY'],
 * });
 */
export function gardenServer<T extends QueueDatabase>(options: GardenServerOptions<T>): SyncServer {
  const { queue, ...rest } = options;
  return createServer({
    ...rest,
    schema,
    queries,
    mutators: serverMutators(queue),
    rules,
    role: GARDEN_ROLE,
  });
}
