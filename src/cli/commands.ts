import type { Command } from '../command/command.ts';
import { demoCommand } from '../apps/garden/commands/demo.ts';
import { devCommand } from './commands/dev.ts';
import { explainCommand } from './commands/explain.ts';
import { generateCommand } from './commands/generate.ts';
import { migrateCommand } from './commands/migrate.ts';
import { queueCommand } from '../apps/garden/commands/queue.ts';
import { seedCommand } from './commands/seed.ts';
import { workerCommand } from '../apps/garden/commands/worker.ts';

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
