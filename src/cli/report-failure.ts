import { CANNOT_START } from '../report/start-problem-codes.ts';
import { formatProblem } from '../report/format-problem.ts';
import { ProblemError, type Problem } from '../report/problem.ts';
import { escapedJson, escapeLines } from '../command/escape-controls.ts';
import type { Io } from '../command/io.ts';
import { paintFor } from '../command/paint.ts';
import { relativePlaces } from '../report/relative-places.ts';

/** Prints why a command ended, and returns the exit code. */
export function reportFailure(error: unknown, io: Io, json: boolean): number {
  if (error instanceof ProblemError) {
    const [problem, ...others] = [error.problem, ...error.others].map((one) =>
      relativePlaces(one, io.cwd),
    );
    const report = { problem, ...(others.length > 0 && { others }) };
    // Some commands print one document per line, so the problem is one line too.
    if (json) io.stdout.write(`${escapedJson(report)}\n`);
    else io.stderr.write(`${printProblems(error, io)}\n`);
    return exitCode(error.problem);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (json) io.stdout.write(`${escapedJson({ defect: text })}\n`);
  const paint = paintFor(io.stderr, io.env);
  io.stderr.write(
    `${paint('red', 'garden failed unexpectedly.')} This is a bug in garden, not a mistake of yours.\nPlease report it with the command and the text below; remove any private data first.\n\n${escapeLines(text)}\n`,
  );
  return 2;
}

/** Distinguishes a command that could not start from one that found a problem or refused. */
function exitCode({ code }: Problem): number {
  if (code === 'cli/interrupted') return 130;
  return code in CANNOT_START ? 2 : 1;
}

/** All problems as text, separated by blank lines. */
export function printProblems({ problem, others }: ProblemError, io: Io): string {
  return [problem, ...others].map((one) => colour(relativePlaces(one, io.cwd), io)).join('\n\n');
}

function colour(problem: Problem, io: Io): string {
  const paint = paintFor(io.stderr, io.env);
  // An interruption by Ctrl-C needs no fix.
  const isInterrupt = problem.code === 'cli/interrupted';
  const text = isInterrupt ? `${problem.code}: ${problem.message}` : formatProblem(problem);
  // The text may come from a database, a registry or another server.
  return escapeLines(text)
    .replace(problem.code, paint('red', problem.code))
    .replace(/\n {4}fix /, (label) => paint('green', label));
}
