import type { NamedPlace, Place } from './place.ts';
import type { Problem } from './problem.ts';

/** The place of something, where it is known: none or one. */
export function placed(name: string, at: Place | undefined): readonly NamedPlace[] {
  return at === undefined ? [] : [{ file: at.file, line: at.line, name }];
}

/** What its author calls it, and where it is written, as far as that is known. */
export type Thing = readonly [name: string, at: Place | undefined];

/** The object of a problem and others that take part; of these, one without a place is still named. */
export function located(things: readonly Thing[]): Pick<Problem, 'places' | 'context'> {
  const elsewhere = things.slice(1).flatMap(([name, at]) => (at === undefined ? [name] : []));
  return {
    places: things.flatMap(([name, at]) => placed(name, at)),
    ...(elsewhere.length > 0 && { context: elsewhere }),
  };
}
