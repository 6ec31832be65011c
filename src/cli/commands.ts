import type { Command } from './command.ts';
import { demoCommand } from './commands/demo.ts';
import { devCommand } from './commands/dev.ts';
import { explainCommand } from './commands/explain.ts';
import { generateCommand } from './commands/generate.ts';
import { migrateCommand } from './commands/migrate.ts';
import { queueCommand } from './commands/queue.ts';
import { seedCommand } from './commands/seed.ts';
import { workerCommand } from './commands/worker.ts';

/** In the order in which the help lists them. */
export const commands: readonly Command[] = [
  devCommand,
  demoCommand,
  generateCommand,
  migrateCommand,
  seedCommand,
  explainCommand,
  queueCommand,
  workerCommand,
];
