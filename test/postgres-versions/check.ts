import { fileURLToPath } from 'node:url';
import type { PostgresServer } from '../../src/processes/postgres-server.ts';

/** The package under test. */
export const packageFolder: string = fileURLToPath(new URL('../..', import.meta.url));
/** What is migrated: the folder that `drizzle.config.ts` names as `out`. */
export const migrationsFolder: string = fileURLToPath(
  new URL('../../migrations/garden', import.meta.url),
);

/** What a check works on. Each check makes the databases that it needs. */
export interface CheckContext {
  readonly major: number;
  readonly server: PostgresServer;
}

/** Throws where a version does not do what it should. */
export interface Check {
  readonly name: string;
  run(context: CheckContext): Promise<void>;
}
