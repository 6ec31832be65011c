import type { Validation } from '../../check/validation.ts';
import type { CommandContext } from '../../command/command.ts';
import type { Io } from '../../command/io.ts';
import { ProblemError } from '../../report/problem.ts';
import { reportFailure } from '../report-failure.ts';
import { checkoutFolder } from './checkout-folder.ts';
import type { OutputFormat } from './output-format.ts';
import { isError, type PrintContext } from './print/print-context.ts';
import type { ValidateInput } from './choose-input.ts';
import { validateInput } from './validate-input.ts';
import { createBaseline, openBaseline, type UseBaseline } from './use-baseline.ts';

export interface ValidateOptions {
  readonly input: ValidateInput;
  readonly config: string | undefined;
  readonly format: OutputFormat;
  /** With more warnings than this, the exit code is 1. */
  readonly maxWarnings: number | undefined;
  /** The baseline file, whose findings do not count. */
  readonly baseline: string | undefined;
  /** The baseline file to create. */
  readonly writeBaseline: string | undefined;
}

type Context = Pick<CommandContext, 'io' | 'paint' | 'signal'>;

/** Validates the project and prints what was found. */
export async function runValidate(
  { io, paint, signal }: Context,
  { input, config, format, maxWarnings = Infinity, baseline, writeBaseline }: ValidateOptions,
): Promise<number> {
  const folder = checkoutFolder(format, io);
  let validation: Validation;
  try {
    const useBaseline: UseBaseline =
      baseline !== undefined
        ? openBaseline(io.cwd, baseline)
        : writeBaseline !== undefined
          ? createBaseline(io.cwd, writeBaseline)
          : (found) => found;
    validation = useBaseline(await validateInput(input, io.cwd, config, signal));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ProblemError)) throw error;
    // Nothing was judged, so the exit code is always 2 here.
    await reportNothingJudged(error, io, format, folder);
    return 2;
  }
  io.stdout.write(
    await print(format, validation, { folder, paint, columns: io.stdout.columns ?? 100 }),
  );
  const { findings } = validation;
  const errors = findings.filter(isError).length;
  return errors > 0 || findings.length - errors > maxWarnings ? 1 : 0;
}

/** Loads only the printer that is needed. */
async function print(
  format: OutputFormat,
  validation: Validation,
  context: PrintContext,
): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('./print/print-json.ts')).printJson(validation, context);
    case 'github':
      return (await import('./print/print-github.ts')).printGithub(validation, context);
    case 'sarif':
      return (await import('./print/print-sarif.ts')).printSarif(validation, context);
    case 'pretty':
      return (await import('./print/print-pretty.ts')).printPretty(validation, context);
  }
}

async function reportNothingJudged(
  error: ProblemError,
  io: Io,
  format: OutputFormat,
  folder: string,
): Promise<void> {
  const problems = [error.problem, ...error.others];
  if (format === 'sarif') {
    const { printFailedSarif } = await import('./print/print-sarif.ts');
    io.stdout.write(printFailedSarif(problems, folder));
  } else if (format === 'github') {
    const { problemCommand } = await import('./print/print-github.ts');
    const lines = problems.map((problem) => `${problemCommand('error', problem, folder)}\n`);
    io.stdout.write(lines.join(''));
  }
  // For the other formats, the reason is printed to the log.
  reportFailure(error, io, format === 'json');
}
