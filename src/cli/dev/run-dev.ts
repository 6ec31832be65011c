import { join, relative } from 'node:path';
import process from 'node:process';
import type { CommandContext } from '../../command/command.ts';
import type { DevTarget, LiveStack, RunningStack } from '../../command/dev-target.ts';
import { escapeControls, escapedJson, escapeLines } from '../../command/escape-controls.ts';
import { ProblemError } from '../../report/problem.ts';
import { takeFolder } from '../../postgres/take-folder.ts';
import { aborted } from './aborted.ts';
import { printEvent } from './print-event.ts';
import { stageReporter } from './stage-reporter.ts';
import { startStack, toolsOf } from './start-stack.ts';
import { statusOf, writeStatus } from './status-file.ts';
import { welcome } from './welcome.ts';

export interface RunDevOptions {
  readonly port: number | undefined;
  readonly zeroPort: number | undefined;
  readonly viewSyncers: number;
}

/** Starts the stack, prints its addresses, and runs until Ctrl-C or until Postgres ends. */
export async function runDev(
  context: CommandContext,
  target: DevTarget,
  options: RunDevOptions,
): Promise<number> {
  const { io, paint, signal, flag, text } = context;
  const folder = join(io.cwd, '.garden', target.folderName);
  const unlock = takeFolder(folder, 'start it in another folder');
  const json = flag('json');
  const reporter = stageReporter(io, paint);
  const print = (line: string): void => {
    reporter.end();
    io.stderr.write(`${line}\n`);
  };
  let stack: LiveStack | undefined;
  let failure: unknown;
  let isReady = false;
  let removeStatus = async (): Promise<void> => {};
  try {
    const databaseUrl = text('database-url');
    if (databaseUrl === undefined && io.env['DATABASE_URL'] !== undefined) {
      io.stderr.write(
        `${paint('yellow', 'DATABASE_URL is ignored:')} garden dev uses its own Postgres. To use that database: --database-url "$DATABASE_URL".\n`,
      );
    }
    const devOptions = {
      ...options,
      folder,
      cwd: io.cwd,
      env: process.env,
      ...(databaseUrl !== undefined && { databaseUrl, databaseSource: '--database-url' }),
      reset: flag('reset'),
      once: flag('once'),
      signal,
      onStage: (event: Parameters<typeof reporter.onStage>[0]) =>
        json || signal.aborted || reporter.onStage(event),
      // Ctrl-C also reaches Postgres, and then zero-cache ends too.
      onEvent: (event: Parameters<typeof printEvent>[0]) =>
        signal.aborted || print(printEvent(event, io, paint)),
      onLine: (name: string, line: string) =>
        signal.aborted || print(`${paint('dim', `${name} |`)} ${escapeLines(line)}`),
      tell: print,
    };
    stack = await startStack(target, devOptions);
    const tools = toolsOf(devOptions);
    const status = statusOf(stack, databaseUrl === undefined);
    removeStatus = await writeStatus(folder, status);
    if (json) io.stdout.write(`${escapedJson(status, 2)}\n`);
    if (flag('once')) {
      const proof = await Promise.race([
        target.prove(stack, tools),
        stack.crashed,
        aborted(signal),
      ]);
      if (!json) io.stdout.write(`${paint('green', '✓')} ${escapeControls(proof)}\n`);
      return 0;
    }
    if (!json) io.stdout.write(welcome(target, stack, relative(io.cwd, folder), context));
    // From here on, Ctrl-C is a normal end, not a failure.
    isReady = true;
    await Promise.race([
      stack.crashed,
      aborted(signal).catch(() => {}),
      ...(target.watch ? [target.watch(stack, tools)] : []),
    ]);
    return 0;
  } catch (error) {
    // The same Ctrl-C may have ended another part first.
    if (signal.aborted && isReady) return 0;
    failure = signal.aborted ? signal.reason : error;
    throw failure;
  } finally {
    reporter.end();
    await removeStatus();
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
