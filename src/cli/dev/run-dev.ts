import { join, relative } from 'node:path';
import process from 'node:process';
import type { CommandContext } from '../../command/command.ts';
import type { AppStack, RunningStack } from '../../command/app-stack.ts';
import { escapeControls, escapedJson, escapeLines } from '../../command/escape-controls.ts';
import { ProblemError } from '../../report/problem.ts';
import { takeFolder } from '../../postgres/take-folder.ts';
import { maskPassword } from './mask-password.ts';
import { stageReporter } from './stage-reporter.ts';

export interface DevOptions {
  readonly port: number | undefined;
  readonly zeroPort: number | undefined;
  readonly viewSyncers: number;
}

/** Starts the stack, prints its addresses, and runs it until Ctrl-C or until a part ends. */
export async function runDev(
  context: CommandContext,
  app: AppStack,
  options: DevOptions,
): Promise<number> {
  const { io, paint, signal, flag, text } = context;
  const folder = join(io.cwd, '.garden/dev');
  const unlock = takeFolder(folder, 'start it in another folder');
  const json = flag('json');
  const reporter = stageReporter(io, paint);
  let stack: RunningStack | undefined;
  let failure: unknown;
  try {
    const databaseUrl = text('database-url');
    if (databaseUrl === undefined && io.env['DATABASE_URL'] !== undefined) {
      io.stderr.write(
        `${paint('yellow', 'DATABASE_URL is ignored:')} garden dev uses its own Postgres. To use that database: --database-url "$DATABASE_URL".\n`,
      );
    }
    stack = await app.start({
      ...options,
      folder,
      ...(databaseUrl !== undefined && { databaseUrl, databaseSource: '--database-url' }),
      reset: flag('reset'),
      // The same program in a separate process.
      ...(!flag('no-worker') && {
        worker: [process.execPath, process.argv[1] ?? '', 'worker', '--json'] as const,
      }),
      signal,
      onError: (error) =>
        void io.stderr.write(`${paint('red', 'endpoint:')} ${escapeLines(String(error))}\n`),
      onStage: json ? () => {} : reporter.onStage,
    });
    if (json) io.stdout.write(`${escapedJson(describe(stack), 2)}\n`);
    if (flag('once')) {
      const proof = await Promise.race([app.prove(stack), stack.crashed, aborted(signal)]);
      if (!json) io.stdout.write(`${paint('green', '✓')} ${escapeControls(proof)}\n`);
      return 0;
    }
    if (!json) io.stdout.write(welcome(stack, relative(io.cwd, folder), context));
    // From here on Ctrl-C is the normal end, and not a failure.
    await Promise.race([stack.crashed, aborted(signal).catch(() => {})]);
    return 0;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    reporter.end();
    try {
      await stopAfter(failure, stack);
    } finally {
      unlock();
    }
  }
}

/** Reports parts that could not be stopped together with the original failure. */
async function stopAfter(failure: unknown, stack: RunningStack | undefined): Promise<void> {
  try {
    await stack?.stop();
  } catch (error) {
    const both = failure instanceof ProblemError && error instanceof ProblemError;
    throw both
      ? new ProblemError(failure.problem, { cause: failure, others: [error.problem] })
      : error;
  }
}

const describe = ({ url, cacheUrls, databaseUrl }: RunningStack): object => ({
  url,
  cacheUrls,
  databaseUrl: maskPassword(databaseUrl),
});

function welcome(stack: RunningStack, folder: string, { paint, text }: CommandContext): string {
  const isOurs = text('database-url') === undefined;
  return [
    '',
    `  ${paint('bold', 'The garden')}   ${paint('cyan', stack.url)}`,
    ...stack.cacheUrls.map((url) => `  zero-cache   ${url}`),
    `  Postgres     ${maskPassword(stack.databaseUrl)}`,
    ...(isOurs ? [`  password     ${join(folder, 'postgres.password')}`] : []),
    `  data         ${folder}`,
    '',
    '  Ctrl-C stops everything; the data is kept for the next start.',
    '',
    '',
  ].join('\n');
}

/** Rejects with the reason when the process is asked to end. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
