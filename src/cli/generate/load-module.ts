import { basename } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { ProblemError, type Problem } from '../../problem.ts';

/**
 * Imports a file of the user's and does something with what it exports. What
 * throws on the way is a mistake in that file, and told as one.
 */
export async function loadModule<Result>(
  file: string,
  read: (module: Record<string, unknown>) => Result,
): Promise<Result> {
  refuseUnstripped(file, process.features.typescript);
  try {
    return read((await import(pathToFileURL(file).href)) as Record<string, unknown>);
  } catch (error) {
    throw cannotLoad(file, error);
  }
}

/** Node reads TypeScript by itself since 22.18; until then only when told to. */
export function refuseUnstripped(
  file: string,
  typescript: typeof process.features.typescript,
): void {
  if (typescript !== false && typescript !== undefined) return;
  if (!/\.[mc]?ts$/.test(file)) return;
  throw new ProblemError({
    code: 'generate/old-node',
    message: `this Node (${process.version}) cannot read ${basename(file)}: it runs no TypeScript.`,
    at: [file],
    fix: 'use Node 22.18 or newer in the 22 line, or 24, without --no-strip-types.',
  });
}

function cannotLoad(file: string, error: unknown): ProblemError {
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
      fix: fixFor(error),
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

function firstLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  // The checker of types quotes the source first, in a box of its own.
  const lines = stripVTControlCharacters(text).split('\n');
  return (lines.find((line) => line.trim() !== '') ?? 'it threw nothing.').trim();
}

/** Node begins the stack of a syntax error with `file:///…:3`, else the first frame in a file tells. */
function placeOf(file: string, error: unknown): string {
  if (!(error instanceof Error)) return file;
  const places = error.stack?.matchAll(/(?<url>file:\/\/\/[^\s)]+?):(?<line>\d+)/g) ?? [];
  for (const { groups } of places) {
    const place = fileURLToPath(groups!['url']!);
    if (place === file) return `${place}:${groups!['line']}`;
  }
  return file;
}

function fixFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNSUPPORTED_DIR_IMPORT') {
    return "correct the import. Node loads the schema, and wants the file's ending: './plants.ts' rather than './plants'; a package has to be installed.";
  }
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return 'write it without that syntax: Node strips types, and runs no enum, namespace or parameter property.';
  }
  if (error instanceof SyntaxError) {
    return 'mend the syntax; a type is imported with `import type`.';
  }
  return 'mend what it names; `node` with the file alone shows the same with a stack.';
}
