import type { NamedPlace, Place } from './place.ts';
import type { Problem } from './problem.ts';

/** A list with the place, or an empty list if it is unknown. */
export function placed(name: string, at: Place | undefined): readonly NamedPlace[] {
  return at === undefined ? [] : [{ file: at.file, line: at.line, name }];
}

/** Name of an object in the code, and its place if that is known. */
export type Thing = readonly [name: string, at: Place | undefined];

/** Places of the object of a problem and of related objects. Related objects without a place go into the context. */
export function located(things: readonly Thing[]): Pick<Problem, 'places' | 'context'> {
  const elsewhere = things.slice(1).flatMap(([name, at]) => (at === undefined ? [name] : []));
  return {
    places: things.flatMap(([name, at]) => placed(name, at)),
    ...(elsewhere.length > 0 && { context: elsewhere }),
  };
}
