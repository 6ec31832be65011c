import { basename } from 'node:path';
import type { Problem } from '../report/problem.ts';

type Imports = ReadonlyMap<string, readonly string[]>;

/**
 * Explains a ReferenceError in a file that uses a name from a file in the same import cycle before
 * that file has run.
 */
export function circularImport(
  file: string,
  error: unknown,
  imports: Imports,
): Problem | undefined {
  if (!(error instanceof ReferenceError)) return undefined;
  const name = /^Cannot access '(.+)' before initialization$/.exec(error.message)?.[1];
  const circle = circleFrom(file, imports);
  if (name === undefined || circle === undefined) return undefined;
  const path = circle.map((one) => basename(one)).join(' → ');
  return {
    code: 'generate/circular-import',
    message: `${basename(file)} uses ${name} before it is defined: ${path} import each other.`,
    fix: `move ${name} into a file that does not import them.`,
  };
}

/** The shortest import cycle through a file. */
function circleFrom(file: string, imports: Imports): readonly string[] | undefined {
  const seen = new Set<string>();
  let paths: readonly (readonly string[])[] = [[file]];
  while (paths.length > 0) {
    const longer = paths.flatMap((path) =>
      (imports.get(path.at(-1) ?? '') ?? []).map((next) => [...path, next]),
    );
    const circle = longer.find((path) => path.at(-1) === file);
    if (circle) return circle;
    paths = longer.filter((path) => {
      const last = path.at(-1) ?? '';
      return !seen.has(last) && seen.add(last);
    });
  }
  return undefined;
}
