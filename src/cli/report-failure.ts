import { CANNOT_START } from '../report/problem-codes.ts';
import { formatProblem } from '../report/format-problem.ts';
import { ProblemError, type Problem } from '../report/problem.ts';
import { escapedJson, escapeLines } from '../command/escape-controls.ts';
import type { Io } from '../command/io.ts';
import { paintFor } from '../command/paint.ts';
import { relativePlaces } from '../report/relative-places.ts';

/** Prints why a command ended, and gives the exit code. */
export function reportFailure(error: unknown, io: Io, json: boolean): number {
  if (error instanceof ProblemError) {
    const [problem, ...others] = [error.problem, ...error.others].map((one) =>
      relativePlaces(one, io.cwd),
    );
    const told = { problem, ...(others.length > 0 && { others }) };
    // On one line: some commands print a document a line, and this is then the last of them.
    if (json) io.stdout.write(`${escapedJson(told)}\n`);
    else io.stderr.write(`${printProblems(error, io)}\n`);
    return exitCode(error.problem);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (json) io.stdout.write(`${escapedJson({ defect: text })}\n`);
  const paint = paintFor(io.stderr, io.env);
  io.stderr.write(
    `${paint('red', 'garden failed in a way it should not.')} This is a defect of ours, not a mistake of yours.\nPlease report it with what you ran and the text below; look through it for anything private first.\n\n${escapeLines(text)}\n`,
  );
  return 2;
}

/** Who could not even begin is told apart from who looked and refused. */
function exitCode({ code }: Problem): number {
  if (code === 'cli/interrupted') return 130;
  return code in CANNOT_START ? 2 : 1;
}

/** All of them for a person, a blank line between. */
export function printProblems({ problem, others }: ProblemError, io: Io): string {
  return [problem, ...others].map((one) => colour(relativePlaces(one, io.cwd), io)).join('\n\n');
}

function colour(problem: Problem, io: Io): string {
  const paint = paintFor(io.stderr, io.env);
  // A person who pressed Ctrl-C needs no advice.
  const isInterrupt = problem.code === 'cli/interrupted';
  const text = isInterrupt ? `${problem.code}: ${problem.message}` : formatProblem(problem);
  // What it names may come from a database, a registry or another server.
  return escapeLines(text)
    .replace(problem.code, paint('red', problem.code))
    .replace(/\n {4}fix /, (label) => paint('green', label));
}
