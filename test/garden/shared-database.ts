import * as garden from '../../src/apps/garden/index.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

export type SharedDatabase = TestDatabase<typeof garden>;

let shared: Promise<SharedDatabase> | undefined;

/**
 * The garden's database for tests that restore its state: one for all test files of a
 * worker, closed with the worker. Opening one takes half a second of a core.
 */
export function sharedDatabase(): Promise<SharedDatabase> {
  return (shared ??= testDatabase({ schema: garden, folder: gardenMigrations }));
}
