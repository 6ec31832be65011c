import type { AnyMutatorRegistry, AnyQueryRegistry } from '@rocicorp/zero';
import { gardenMigrations } from '../../../src/apps/garden/migrations-folder.ts';
import { serverMutators } from '../../../src/apps/garden/server/server-mutators.ts';
import { schema } from '../../../src/apps/garden/zero/index.ts';
import { rules } from '../../../src/apps/garden/zero/zero-rules.gen.ts';
import {
  startSyncedApp,
  type SyncedApp,
  type SyncedOptions,
} from '../../hostile/start-synced-app.ts';
import { allQueries } from './hostile-queries.ts';

/** Timeout for operations that are fast on an idle machine. */
export const PATIENT = { timeout: 30_000 };

/** A garden on real servers, whose endpoints run in this process. */
export type SyncedGarden = SyncedApp<typeof schema>;

export interface SyncedGardenOptions extends SyncedOptions {
  readonly queries?: AnyQueryRegistry;
  readonly mutators?: AnyMutatorRegistry;
}

export const startSyncedGarden = ({
  queries = allQueries,
  mutators = serverMutators(),
  ...options
}: SyncedGardenOptions = {}): Promise<SyncedGarden> =>
  startSyncedApp(
    {
      name: 'garden',
      migrations: gardenMigrations,
      schema,
      queries,
      mutators,
      rules,
      role: 'garden_user',
      publication: 'garden_zero',
    },
    options,
  );
