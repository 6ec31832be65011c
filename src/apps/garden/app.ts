import { extname, join } from 'node:path';
import type { App } from '../../command/app.ts';
import { demoCommand } from './commands/demo.ts';
import { queueCommand } from './commands/queue.ts';
import { seedGarden } from './commands/seed.ts';
import { workerCommand } from './commands/worker.ts';
import { gardenMigrations } from './migrations-folder.ts';

/** The garden as the command line runs it: migrations, seed, queries, stack and commands. */
export const gardenApp: App = {
  name: 'garden',
  migrations: gardenMigrations,
  seed: seedGarden,
  async tables() {
    // The built file ends in .js.
    const file = join(import.meta.dirname, `index${extname(import.meta.filename)}`);
    return { file, exports: await import('./index.ts') };
  },
  async queries() {
    const { everyQuery } = await import('./queries/every-query.ts');
    const { findQuery } = await import('./queries/find-query.ts');
    return { list: everyQuery, find: findQuery };
  },
  async dev(options) {
    const { gardenTarget } = await import('./stack/garden-target.ts');
    return gardenTarget(options);
  },
  commands: [demoCommand, queueCommand, workerCommand],
};
