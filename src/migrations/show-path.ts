import { isAbsolute, relative } from 'node:path';

/** A path as a person would write it: from where they stand, if it lies below. */
export function showPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '' || fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere;
}
