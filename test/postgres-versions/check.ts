import { fileURLToPath } from 'node:url';
import type { PostgresServer } from '../../src/processes/postgres-server.ts';

/** The package under test. */
export const packageFolder: string = fileURLToPath(new URL('../..', import.meta.url));
/** The migrations folder: `out` in `drizzle.config.ts`. */
export const migrationsFolder: string = fileURLToPath(
  new URL('../../migrations/garden', import.meta.url),
);

/** The context of a check. Each check creates the databases that it needs. */
export interface CheckContext {
  readonly major: number;
  readonly server: PostgresServer;
}

/** Throws if a version fails the check. */
export interface Check {
  readonly name: string;
  run(context: CheckContext): Promise<void>;
}
