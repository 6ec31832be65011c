import { sep } from 'node:path';
import type { Problem } from './problem.ts';

/** A problem with its files as a person in this folder names them; those elsewhere stay absolute. */
export function relativePlaces<Told extends Problem>(problem: Told, cwd: string): Told {
  if (problem.places === undefined) return problem;
  const above = cwd.endsWith(sep) ? cwd : `${cwd}${sep}`;
  return {
    ...problem,
    places: problem.places.map((place) =>
      place.file.startsWith(above) ? { ...place, file: place.file.slice(above.length) } : place,
    ),
  };
}
