import type { BuildFailure, Message, PartialMessage } from 'esbuild';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Place } from '../report/place.ts';
import { ProblemError, type Problem } from '../report/problem.ts';
import { packageOfKit } from '../read/drizzle/source/plain-packages.ts';
import { adviceFor, adviceForImport } from './advice.ts';
import { circularImport } from './circular-import.ts';
import { missingExport, type Importers } from './missing-export.ts';
import { systemReason } from './system-reason.ts';

/** A command cannot start without its config; a schema that cannot be loaded is a finding. */
export type Role = 'config' | 'schema' | 'server';

const CODES = {
  config: 'generate/cannot-load-config',
  schema: 'generate/cannot-load',
  server: 'dev/cannot-load-server',
} as const;

/** Files that cannot be read, parsed or bundled with their imports. */
export function cannotBundle(
  role: Role,
  entry: string,
  folder: string,
  failure: BuildFailure,
): unknown {
  const [first, ...others] = (failure.errors ?? []).map(({ location, text }: Message): Problem => {
    if (location?.file === ENTRY) return noFile(role, text);
    const file = location === null ? entry : resolve(folder, location.file);
    const isWhole = location === null || text.startsWith(UNREADABLE);
    return {
      code: CODES[role],
      message: `${basename(file)} cannot be loaded: ${text}`,
      places: [isWhole ? { file } : { file, line: location.line }],
      fix: text.startsWith('Could not resolve')
        ? adviceForImport(text)
        : text.includes('o matching export')
          ? 'correct the import, or add the export.'
          : text.startsWith(UNREADABLE)
            ? 'restore it, or make it readable.'
            : 'correct the syntax.',
    };
  });
  return first === undefined ? failure : new ProblemError(first, { cause: failure, others });
}

/** Name of the module that imports the requested files. */
export const ENTRY = '<garden>';

/** The problem of a requested file that does not exist. */
function noFile(role: Role, text: string): Problem {
  const file = /"([^"]+)"/.exec(text)?.[1] ?? '';
  return {
    code: CODES[role],
    message: `${basename(file)} cannot be loaded: the file does not exist.`,
    places: [{ file }],
    fix: 'correct the path, or create the file.',
  };
}

const UNREADABLE = 'it cannot be read: ';

/** Passed through esbuild back to {@link cannotBundle}. */
export function cannotRead(file: string, error: unknown): PartialMessage {
  const reason = systemReason(error, 'it does not exist');
  return {
    text: `${UNREADABLE}${reason === undefined ? firstLine(error) : `${reason}.`}`,
    location: { file },
  };
}

/** Information about the files that ran. */
export interface Run {
  readonly role: Role;
  /** Every file of the user's that was loaded, with its imports. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  readonly importers: Importers;
}

/** The error of a file that throws while it runs. */
export function cannotRun(files: readonly string[], error: unknown, run: Run): ProblemError {
  const thrown = placeIn([...run.imports.keys()], error);
  // Without a stack, any of the files may have thrown.
  const places = thrown === undefined ? files.map((file) => ({ file })) : [thrown];
  const problem = problemOf(error);
  if (problem !== undefined) {
    return new ProblemError(
      { ...problem, places: [...(problem.places ?? []), ...places] },
      { cause: error },
    );
  }
  const early = thrown && circularImport(thrown.file, error, run.imports);
  if (early !== undefined) {
    return new ProblemError({ ...early, places }, { cause: error });
  }
  const missing = error instanceof Error ? missingExport(error, run.importers) : undefined;
  const name = thrown?.file ?? (files.length === 1 ? files[0] : undefined);
  return new ProblemError(
    {
      code: CODES[run.role],
      message: `${name === undefined ? 'the schema' : basename(name)} cannot be loaded: ${missing === undefined ? firstLine(error) : `${missing.specifier} exports no ${missing.name}.`}`,
      places: missing?.places ?? places,
      fix:
        missing === undefined
          ? (adviceFor(error) ??
            'correct the reported error; `npx tsx FILE` shows it with a stack trace.')
          : `import another name than ${missing.name}, or install another version of the package.`,
    },
    { cause: error },
  );
}

/** The schema may import another copy of this package, with its own class. */
export function problemOf(error: unknown): Problem | undefined {
  return error instanceof Error && error.name === 'ProblemError' && isProblem(error)
    ? error.problem
    : undefined;
}

const isProblem = (error: Error): error is Error & { readonly problem: Problem } =>
  'problem' in error &&
  typeof error.problem === 'object' &&
  error.problem !== null &&
  'code' in error.problem &&
  'fix' in error.problem;

export function firstLine(error: unknown): string {
  const text =
    error instanceof Error && error.name !== 'Error'
      ? `${error.name}: ${error.message}`
      : String(error instanceof Error ? error.message : error);
  return text.split('\n')[0] || 'it threw an empty error.';
}

/** The first stack line in a file of the user's; the kit may be imported as source. */
export function placeIn(files: readonly string[], error: unknown): Place | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = files.filter((file) => packageOfKit(file) === undefined);
  for (const step of error.stack?.split('\n') ?? []) {
    for (const file of own) {
      const line = lineIn(step, file) ?? lineIn(step, pathToFileURL(file).href);
      if (line !== undefined) return { file, line };
    }
  }
  return undefined;
}

/** The line of a file in a stack line: `    at made (/app/(site)/schema.ts:12:3)`. */
function lineIn(step: string, file: string): number | undefined {
  const at = step.indexOf(`${file}:`);
  if (at < 0 || !['', ' ', '('].includes(step.charAt(at - 1))) return undefined;
  const line = /^\d+/.exec(step.slice(at + file.length + 1))?.[0];
  return line === undefined ? undefined : Number(line);
}
