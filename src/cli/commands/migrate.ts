import { relative, resolve } from 'node:path';
import { migrate, type MigrateOptions, type MigrateResult } from '../../migrations/index.ts';
import { ProblemError } from '../../report/problem.ts';
import { appOptions, chooseApp, type App } from '../../command/app.ts';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import {
  chooseDatabase,
  databaseOptions,
  type DatabaseChoice,
} from '../../command/choose-database.ts';
import { escapedJson } from '../../command/escape-controls.ts';
import { openPgliteFolder } from '../../postgres/open-pglite-folder.ts';
import { migrateReporter } from '../../command/migrate-reporter.ts';

export const migrateCommand = (apps: readonly [App, ...App[]]): Command => ({
  name: 'migrate',
  summary: 'bring a database up to date with the migrations of this package',
  description: `Applies the migrations that a database does not have yet: all of them, or none where one fails.
Any number of processes may run it at once; one works, and the others wait for it.
It keeps the same history as drizzle-kit migrate, so the two can be mixed.`,
  options: [
    ...appOptions(apps),
    ...databaseOptions,
    {
      name: 'folder',
      value: 'DIR',
      help: 'the migrations to apply, for tables of your own',
      defaultText: `those of ${apps[0].name}`,
    },
    {
      name: 'lock-timeout',
      value: 'SECONDS',
      help: 'how long to wait for another migration, and for each table that somebody uses',
      defaultText: '60',
    },
    jsonOption,
  ],
  examples: [
    {
      command: 'garden migrate',
      meaning: 'the database of DATABASE_URL, or else an embedded one in .garden/pglite',
    },
    {
      command: 'DATABASE_URL=postgres://me:secret@localhost:5432/garden garden migrate',
      meaning: 'a server',
    },
    {
      command: 'garden migrate --lock-timeout 5 --json',
      meaning: 'in a deployment: give up soon, answer in JSON',
    },
  ],
  whenInterrupted: 'Nothing was changed: what this run did was rolled back.',

  async run(context) {
    const { io, signal } = context;
    const lockTimeout = readSeconds(context.text('lock-timeout'));
    const folder = context.text('folder');
    const choice = chooseDatabase(context);
    const json = context.flag('json');
    const reporter = migrateReporter(io, context.paint);
    if (!json)
      io.stdout.write(`${context.paint('bold', 'Migrating')} ${describe(choice, context)}\n`);
    const result = await migrateChoice(choice, {
      lockTimeout,
      signal,
      folder: folder === undefined ? chooseApp(apps, context).migrations : resolve(io.cwd, folder),
      ...(!json && { onProgress: reporter.onProgress }),
    }).finally(reporter.end);
    if (json) io.stdout.write(`${escapedJson({ ...result, database: showChoice(choice) }, 2)}\n`);
    else reporter.finish(result);
    return 0;
  },
});

async function migrateChoice(
  choice: DatabaseChoice,
  options: MigrateOptions,
): Promise<MigrateResult> {
  if (choice.kind === 'url') return migrate(choice.url, options);
  const { client, close } = await openPgliteFolder(choice.folder);
  try {
    return await migrate(client, options);
  } finally {
    await close();
  }
}

const showChoice = (choice: DatabaseChoice): string =>
  choice.kind === 'url' ? choice.place : choice.folder;

function describe(choice: DatabaseChoice, { io }: CommandContext): string {
  if (choice.kind === 'url') return choice.place;
  const folder = relative(io.cwd, choice.folder) || choice.folder;
  return `an embedded Postgres (PGlite) in ${folder}${choice.chosen ? '' : ', as DATABASE_URL is not set'}`;
}

/** Milliseconds of an option in seconds. */
function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0 && Number.isFinite(seconds)) return seconds * 1000;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--lock-timeout is ${JSON.stringify(text)}, and must be a number of seconds from 0 on.`,
    fix: 'for example --lock-timeout 5; 0 does not wait at all.',
  });
}
