import type { Command } from './command.ts';
import { demoCommand } from './commands/demo.ts';
import { generateCommand } from './commands/generate.ts';
import { migrateCommand } from './commands/migrate.ts';
import { workerCommand } from './commands/worker.ts';

/** In the order in which the help lists them. */
export const commands: readonly Command[] = [
  demoCommand,
  generateCommand,
  migrateCommand,
  workerCommand,
];
