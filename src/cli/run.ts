import { setImmediate } from 'node:timers/promises';
import { ProblemError } from '../report/problem.ts';
import { requireVersions } from '../report/require-versions.ts';
import type { Command, CommandContext } from '../command/command.ts';
import { commandHelp, overviewHelp } from './help.ts';
import type { Io } from '../command/io.ts';
import { missingPackage } from '../report/missing-package.ts';
import { nearestName } from '../report/nearest-name.ts';
import { paintFor } from '../command/paint.ts';
import { parseOptions } from './parse-options.ts';
import { reportFailure } from './report-failure.ts';
import { packageVersion } from './package-version.ts';

export interface RunOptions {
  readonly commands: readonly Command[];
  /** Aborted when the process receives a signal to end. */
  readonly signal?: AbortSignal;
}

/**
 * The complete command line, independent of the process. Returns the exit code and never
 * throws.
 */
export async function run(args: readonly string[], io: Io, options: RunOptions): Promise<number> {
  try {
    return await dispatch(args, io, options);
  } catch (error) {
    return reportFailure(missingPackage(error) ?? error, io, args.includes('--json'));
  }
}

async function dispatch(args: readonly string[], io: Io, options: RunOptions): Promise<number> {
  const { commands, signal = new AbortController().signal } = options;
  const paint = paintFor(io.stdout, io.env);
  const [first = '--help', ...rest] = args[0] === 'help' ? [...args.slice(1), '--help'] : args;
  if (isHelp(first)) {
    io.stdout.write(overviewHelp(commands, paint));
    return 0;
  }
  if (first === '--version' || first === '-v') {
    io.stdout.write(`${packageVersion()}\n`);
    return 0;
  }
  const command = commands.find(({ name }) => name === first);
  if (command === undefined) throw unknownCommand(first, commands);
  if (rest.some(isHelp)) {
    io.stdout.write(await commandHelp(command, paint));
    return 0;
  }
  const { positionals, values } = parseOptions(command, rest);
  const context: CommandContext = {
    io,
    paint,
    signal,
    argument: positionals[0],
    allArguments: positionals,
    text(name) {
      const value = values.get(name);
      return value === true ? undefined : value;
    },
    flag: (name) => values.get(name) === true,
  };
  requireVersions(['drizzle-orm', 'zod', ...(command.packages?.(context) ?? [])], io.cwd);
  try {
    return await command.run(context);
  } catch (error) {
    // Ctrl-C also reaches child processes, and their end may be noticed before the signal.
    await setImmediate();
    const consequence = signal.aborted && isConsequence(error);
    const { whenInterrupted: kept } = command;
    throw afterInterrupt(
      consequence ? signal.reason : error,
      typeof kept === 'function' ? kept(context) : kept,
    );
  }
}

/** Whether a server that the same Ctrl-C ended caused the error. */
const isConsequence = (error: unknown): boolean =>
  !(error instanceof ProblemError) ||
  ['database/connection-lost', 'database/starting', 'database/unreachable'].includes(
    error.problem.code,
  );

const isHelp = (arg: string): boolean => arg === '--help' || arg === '-h';

function unknownCommand(typed: string, commands: readonly Command[]): ProblemError {
  const names = commands.map(({ name }) => name);
  const nearest = nearestName(typed, names);
  const what = typed.startsWith('-') ? 'option' : 'command';
  return new ProblemError({
    code: `cli/unknown-${what}`,
    message: `garden has no ${what} ${JSON.stringify(typed)}.`,
    fix: `${nearest === undefined ? `the commands are: ${names.join(', ')}.` : `did you mean \`garden ${nearest}\`?`} \`garden --help\` shows more.`,
  });
}

function afterInterrupt(error: unknown, whenInterrupted: string | undefined): unknown {
  if (!(error instanceof ProblemError) || error.problem.code !== 'cli/interrupted') return error;
  if (whenInterrupted === undefined) return error;
  const { problem } = error;
  return new ProblemError({ ...problem, message: `${problem.message} ${whenInterrupted}` });
}
