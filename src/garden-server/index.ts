import type { ZQLDatabase } from '@rocicorp/zero/server';
import * as garden from '../index.ts';
import { accessRules, createServer, type ServerOptions, type SyncServer } from '../server/index.ts';
import { queries, schema } from '../zero/index.ts';
import { requestPackage, type RequestDatabase } from './request-package.ts';
import { serverMutators } from './server-mutators.ts';

type Decided = 'schema' | 'queries' | 'mutators' | 'rules' | 'role' | 'database' | 'context';

/** What a garden's server leaves to be said. */
export interface GardenServerOptions<T extends RequestDatabase> extends Omit<
  ServerOptions<typeof schema, T>,
  Decided
> {
  /** `zeroDrizzle(schema, db)`, with the schema of `@techgarden/schema/zero`. */
  readonly database: ZQLDatabase<typeof schema, T>;
}

/**
 * The garden's endpoints for zero-cache.
 *
 * @example
 * const server = gardenServer({
 *   database: zeroDrizzle(schema, db),
 *   identity: bearer({ secret, audience: 'garden' }),
 * });
 */
export function gardenServer<T extends RequestDatabase>(
  options: GardenServerOptions<T>,
): SyncServer {
  return createServer({
    ...options,
    schema,
    queries,
    mutators: serverMutators(requestPackage),
    rules: accessRules(garden),
    role: 'garden_user',
  });
}
