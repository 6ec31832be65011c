import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import process from 'node:process';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { registries as allRegistries } from '../../tables/registry.ts';
import {
  configureRegistries,
  registryVariables,
  type Registries,
} from '../../ingest/registry/configure-registries.ts';
import { defaultDocumentLimits } from '../../ingest/registry/document-limits.ts';
import { defaultLimits } from '../../ingest/http/limits.ts';
import { runIngest } from '../../ingest/run-ingest.ts';
import { answersInTime } from '../../../../postgres/answers-in-time.ts';
import { connectionFailure } from '../../../../postgres/connection-failure.ts';
import { parseDatabaseUrl, type DatabaseUrl } from '../../../../postgres/database-url.ts';
import { steadySql } from '../../../../postgres/steady-sql.ts';
import { ProblemError } from '../../../../report/problem.ts';
import type { CommandContext } from '../../../../command/command.ts';
import { checkGarden } from './check-garden.ts';
import { npmRegistry } from './npm-registry.ts';
import { workerReporter } from './worker-reporter.ts';

/** Runs a worker and reports its progress. */
export async function runWorkerCommand(context: CommandContext): Promise<number> {
  const { io, signal, text, flag } = context;
  const url = databaseOf(context);
  const concurrency = readCount('concurrency', text('concurrency'), 1, 100) ?? 4;
  const depth = readCount('depth', text('depth'), 0, 1000);
  const budget = readCount('budget', text('budget'), 0, 1_000_000);
  const rate = readCount('rate', text('rate'), 1, 100_000);
  const versions = readCount('max-versions', text('max-versions'), 1, 10_000_000);
  const dependencies = readCount('max-dependencies', text('max-dependencies'), 1, 100_000_000);
  const registries = configureRegistries(await withNpm(context), {
    concurrency: Math.max(concurrency, defaultLimits.concurrency),
    ...(rate !== undefined && { rate }),
    ...(versions !== undefined && { versions }),
    // A higher total also raises the limits for distinct dependencies and for one version.
    ...(dependencies !== undefined && {
      dependencies,
      differentDependencies: Math.max(dependencies, defaultDocumentLimits.differentDependencies),
      versionDependencies: Math.max(dependencies, defaultDocumentLimits.versionDependencies),
    }),
  });
  if (registries.size === 0) throw nothingConfigured();
  const reporter = workerReporter(io, context.paint, { json: flag('json') });

  const client = postgres(url.href, {
    database: url.database,
    // Connections: one per concurrent package, one for the queue, one for heartbeats.
    max: concurrency + 2,
    fetch_types: false,
    connect_timeout: url.connectTimeout / 1000,
    connection: { application_name: 'garden worker' },
    onnotice: () => {},
  });
  // Drizzle changes how its client parses dates, so listening uses another client.
  const listener = postgres(url.href, {
    database: url.database,
    max: 1,
    fetch_types: false,
    onnotice: () => {},
  });
  const db = drizzle(steadySql(client));
  // Seconds. Before the worker runs, closing does not need to wait.
  let grace = 0;
  try {
    await answersInTime(client, url.connectTimeout, signal);
    await checkGarden(db, url.place);
    grace = 5;
    reporter.start(url.place, [...registries.keys()], notConfigured(registries));
    await runIngest({
      db,
      registries,
      signal,
      concurrency,
      holder: `${hostname()} ${process.pid} ${randomBytes(4).toString('hex')}`,
      once: flag('once'),
      settings: {
        ...(depth !== undefined && { maxDepth: depth }),
        ...(budget !== undefined && { rootBudget: budget }),
      },
      listen: async (channel, wake) => (await listener.listen(channel, wake)).unlisten,
      onIngested: reporter.onIngested,
      onEvent: reporter.onEvent,
    });
  } catch (error) {
    throw connectionFailure(error, url.place);
  } finally {
    reporter.end();
    await Promise.allSettled([client.end({ timeout: grace }), listener.end({ timeout: 1 })]);
  }
  signal.throwIfAborted();
  return reporter.failed > 0 && flag('once') ? 1 : 0;
}

function databaseOf({ io, text }: CommandContext): DatabaseUrl {
  const option = text('database-url');
  if (option !== undefined) return parseDatabaseUrl(option, '--database-url');
  const variable = io.env['DATABASE_URL'];
  if (variable !== undefined) return parseDatabaseUrl(variable, 'DATABASE_URL');
  throw new ProblemError({
    code: 'database/no-url',
    message: 'DATABASE_URL is not set. A worker needs a Postgres server, not an embedded database.',
    fix: 'set DATABASE_URL or pass --database-url.',
  });
}

/** Adds npm's configured registry to the environment if no variable is set. */
async function withNpm({
  io,
  signal,
}: CommandContext): Promise<Readonly<Record<string, string | undefined>>> {
  if (registryVariables.npm.some((name) => (io.env[name] ?? '') !== '')) return io.env;
  return { ...io.env, npm_config_registry: await npmRegistry(io, signal) };
}

const notConfigured = (configured: Registries): string[] =>
  allRegistries
    .filter((registry) => !configured.has(registry))
    .map((registry) => `${registry} (${registryVariables[registry][0]})`);

function nothingConfigured(): ProblemError {
  return new ProblemError({
    code: 'cli/no-registry',
    message: 'no registry is configured.',
    fix: `set one of ${allRegistries.map((registry) => registryVariables[registry][0]).join(', ')}.`,
  });
}

function readCount(
  option: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= least && count <= most) return count;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--${option} is ${JSON.stringify(text)} but must be a whole number from ${least} to ${most}.`,
    fix: `for example --${option} ${Math.max(least, 4)}.`,
  });
}
