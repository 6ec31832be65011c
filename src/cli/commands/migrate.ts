import { relative, resolve } from 'node:path';
import {
  migrate,
  readMigrations,
  type MigrateOptions,
  type MigrateResult,
} from '../../migrations/index.ts';
import { extensionsOf } from '../../migrations/extensions-of.ts';
import { ProblemError } from '../../report/problem.ts';
import type { App } from '../../command/app.ts';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import {
  chooseDatabase,
  databaseOptions,
  describeChoice,
  type ConfiguredDatabase,
  type DatabaseChoice,
} from '../../command/choose-database.ts';
import { escapedJson } from '../../command/escape-controls.ts';
import { openPgliteFolder } from '../../postgres/open-pglite-folder.ts';
import { hasDrizzleConfig } from '../../project/find-drizzle-config.ts';
import { chooseSubject, subjectOptions } from '../subject.ts';
import { migrateReporter } from '../../command/migrate-reporter.ts';

export const migrateCommand = (apps: readonly [App, ...App[]]): Command => ({
  name: 'migrate',
  summary: 'bring a database up to date with your migrations',
  description: `Applies the pending migrations of a database: all of them, or none if one fails.
It uses the project in the working directory: \`out\` and \`dbCredentials\` of drizzle.config.ts.
Any number of processes may run it at once; one migrates, and the others wait for it.
It uses the same history as drizzle-kit migrate, so the two can be mixed.`,
  options: [
    ...subjectOptions(apps),
    ...databaseOptions,
    {
      name: 'folder',
      value: 'DIR',
      help: 'the migrations to apply',
      defaultText: "`out` of the project's config, or those of the app",
    },
    {
      name: 'lock-timeout',
      value: 'SECONDS',
      help: 'how long to wait for another migration, and for a lock on each table',
      defaultText: '60',
    },
    jsonOption,
  ],
  examples: [
    {
      command: 'garden migrate',
      meaning: "the project's database, or an embedded one in .garden/pglite",
    },
    { command: 'garden migrate --app garden', meaning: "the garden's tables" },
    {
      command: 'DATABASE_URL=postgres://me:secret@localhost:5432/garden garden migrate',
      meaning: 'a server',
    },
    {
      command: 'garden migrate --lock-timeout 5 --json',
      meaning: 'in a deployment: give up early, print JSON',
    },
  ],
  whenInterrupted: 'Nothing was changed: what this run did was rolled back.',

  async run(context) {
    const { io, signal } = context;
    const lockTimeout = readSeconds(context.text('lock-timeout'));
    const subject = await chooseMigrations(context, apps);
    const choice = chooseDatabase(context, subject.database);
    const json = context.flag('json');
    const reporter = migrateReporter(io, context.paint);
    if (!json)
      io.stdout.write(
        `${context.paint('bold', 'Migrating')} ${describeChoice(choice, io.cwd)} with ${subject.name}\n`,
      );
    const result = await migrateChoice(choice, {
      lockTimeout,
      signal,
      folder: subject.folder,
      ...(!json && { onProgress: reporter.onProgress }),
    }).finally(reporter.end);
    if (json) io.stdout.write(`${escapedJson({ ...result, database: showChoice(choice) }, 2)}\n`);
    else reporter.finish(result);
    return 0;
  },
});

interface Migrations {
  readonly folder: string;
  /** The name in messages. */
  readonly name: string;
  readonly database?: ConfiguredDatabase | undefined;
}

/** The migrations folder of `--folder`, of the app, or of the project. */
async function chooseMigrations(
  context: CommandContext,
  apps: readonly App[],
): Promise<Migrations> {
  const named = context.text('folder');
  const inProject = context.text('app') === undefined && hasDrizzleConfig(context.io.cwd);
  if (named !== undefined && !inProject) {
    return { folder: resolve(context.io.cwd, named), name: `the migrations in ${named}` };
  }
  const subject = await chooseSubject(context, apps);
  const { cwd } = context.io;
  const own = subject.kind === 'app' ? subject.app.migrations : subject.migrations;
  const folder = named === undefined ? own : resolve(cwd, named);
  const name =
    subject.kind === 'app'
      ? `the migrations of the app ${subject.app.name}`
      : `the migrations in ${relative(cwd, folder) || '.'}`;
  return { folder, name, ...(subject.kind === 'project' && { database: subject.database }) };
}

async function migrateChoice(
  choice: DatabaseChoice,
  options: MigrateOptions,
): Promise<MigrateResult> {
  if (choice.kind === 'url') return migrate(choice.url, options);
  // Fails before a database is created if the migrations are missing.
  const extensions = extensionsOf(readMigrations(options.folder));
  const { client, close } = await openPgliteFolder(choice.folder, { extensions });
  try {
    return await migrate(client, options);
  } finally {
    await close();
  }
}

const showChoice = (choice: DatabaseChoice): string =>
  choice.kind === 'url' ? choice.place : choice.folder;

/** Converts an option in seconds to milliseconds. */
function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0 && Number.isFinite(seconds)) return seconds * 1000;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--lock-timeout is ${JSON.stringify(text)}, but must be a number of seconds of at least 0.`,
    fix: 'for example --lock-timeout 5; 0 does not wait at all.',
  });
}
