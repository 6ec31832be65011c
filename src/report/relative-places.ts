import { sep } from 'node:path';
import type { Problem } from './problem.ts';

/** A problem with its places as a person in this folder names them; those elsewhere stay absolute. */
export function relativePlaces<Told extends Problem>(problem: Told, cwd: string): Told {
  if (problem.at === undefined) return problem;
  const above = cwd.endsWith(sep) ? cwd : `${cwd}${sep}`;
  return {
    ...problem,
    at: problem.at.map((place) =>
      // A place may name columns of other files behind it: `notes.id:3, at:/app/times.ts:5`.
      place
        .split(':')
        .map((part) => (part.startsWith(above) ? part.slice(above.length) : part))
        .join(':'),
    ),
  };
}
