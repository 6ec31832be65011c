import type { App } from '../command/app.ts';
import type { Command } from '../command/command.ts';
import { devCommand } from './commands/dev.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { generateCommand } from './commands/generate.ts';
import { initCommand } from './commands/init.ts';
import { keysCommand } from './commands/keys.ts';
import { maintainCommand } from './commands/maintain.ts';
import { migrateCommand } from './commands/migrate.ts';
import { resetCommand } from './commands/reset.ts';
import { rulesCommand } from './commands/rules.ts';
import { seedCommand } from './commands/seed.ts';
import { sqlCommand } from './commands/sql.ts';
import { statusCommand } from './commands/status.ts';
import { validateCommand } from './commands/validate.ts';

/** The engine's commands, then those of the apps, in the order of the help. */
export const commandsOf = (apps: readonly [App, ...App[]]): readonly Command[] => [
  initCommand,
  devCommand(apps),
  statusCommand(apps),
  resetCommand(apps),
  generateCommand,
  sqlCommand(apps),
  validateCommand,
  migrateCommand(apps),
  seedCommand(apps),
  explainCommand(apps),
  rulesCommand(apps),
  keysCommand(apps),
  doctorCommand(apps),
  maintainCommand(apps),
  ...apps.flatMap(({ commands }) => commands),
];
