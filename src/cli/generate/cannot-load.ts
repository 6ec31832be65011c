import type { BuildFailure } from 'esbuild';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError, type Problem } from '../../problem.ts';

/** A file that cannot be read, parsed or put together with what it imports. */
export function cannotBundle(entry: string, folder: string, failure: BuildFailure): unknown {
  const [first] = failure.errors ?? [];
  if (first === undefined) return failure;
  const { location, text } = first;
  const file = location === null ? entry : resolve(folder, location.file);
  return new ProblemError(
    {
      code: 'generate/cannot-load',
      message: `${basename(file)} cannot be loaded: ${text}`,
      at: failure.errors.map(({ location: at }) =>
        at === null ? file : `${resolve(folder, at.file)}:${at.line}`,
      ),
      fix: text.startsWith('Could not resolve')
        ? 'correct the import; a package has to be installed.'
        : 'mend the syntax.',
    },
    { cause: failure },
  );
}

/** A file that throws while it runs. */
export function cannotRun(file: string, error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  // The schema may import another copy of this package, with a class of its own.
  if (error instanceof Error && error.name === 'ProblemError' && isProblem(error)) {
    return new ProblemError(error.problem, { cause: error });
  }
  return new ProblemError(
    {
      code: 'generate/cannot-load',
      message: `${basename(file)} cannot be loaded: ${firstLine(error)}`,
      at: [placeOf(file, error)],
      fix: 'mend what it names; `npx tsx` with the file alone shows the same with a stack.',
    },
    { cause: error },
  );
}

const isProblem = (error: Error): error is Error & { readonly problem: Problem } =>
  'problem' in error &&
  typeof error.problem === 'object' &&
  error.problem !== null &&
  'code' in error.problem &&
  'fix' in error.problem;

const firstLine = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split('\n')[0] ||
  'it threw nothing.';

/** The first line of the stack in a file of the user's, else the file. */
function placeOf(file: string, error: unknown): string {
  if (!(error instanceof Error)) return file;
  const places =
    error.stack?.matchAll(/(?<path>(?:file:\/\/)?\/[^\s():]+):(?<line>\d+):\d+/g) ?? [];
  for (const { groups } of places) {
    const path = groups!['path']!;
    const place = path.startsWith('file:') ? fileURLToPath(path) : path;
    if (!place.includes('/node_modules/')) return `${place}:${groups!['line']}`;
  }
  return file;
}
