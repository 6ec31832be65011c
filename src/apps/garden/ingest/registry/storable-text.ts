/** The longest name of a package and of a version that the tables take. */
const MAX_NAME = 256;
/** The longest specification of a dependency that the tables take. */
export const MAX_RANGE = 1024;

/**
 * Text that Postgres can hold, at most so long: it knows neither the NUL character
 * nor half a surrogate pair. Nothing where nothing visible is left.
 */
export function storableText(value: unknown, max: number): string | null {
  if (typeof value !== 'string') return null;
  const text = cutTo(value.replaceAll('\0', '').toWellFormed().trim(), max);
  return /[^\p{White_Space}\p{Cf}\p{Cc}]/u.test(text) ? text : null;
}

/** The first characters of a text, never half of one. Postgres counts code points. */
export function cutTo(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = Array.from(text.slice(0, 2 * max));
  return points.slice(0, max).join('');
}

/** Whether a name can be stored as it is. One that cannot is no name, and is never bent into one. */
export function isStorableName(name: string): boolean {
  return storableText(name, MAX_NAME) === name && !CONTROL.test(name);
}

/**
 * The text of a version, on one line: a specification that nobody can resolve stands in
 * its place, and may hold anything.
 */
export function storableVersion(text: string): string | null {
  return storableText(text.replace(CONTROLS, ' '), MAX_NAME);
}

const CONTROL = /\p{Cc}/u;
const CONTROLS = /\p{Cc}+/gu;
