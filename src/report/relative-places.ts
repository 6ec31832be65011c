import { sep } from 'node:path';
import type { Problem } from './problem.ts';

/** A problem with paths relative to the folder. Files outside the folder remain absolute. */
export function relativePlaces<P extends Partial<Problem>>(problem: P, cwd: string): P {
  if (problem.places === undefined) return problem;
  const above = cwd.endsWith(sep) ? cwd : `${cwd}${sep}`;
  return {
    ...problem,
    places: problem.places.map((place) =>
      place.file.startsWith(above) ? { ...place, file: place.file.slice(above.length) } : place,
    ),
  };
}
