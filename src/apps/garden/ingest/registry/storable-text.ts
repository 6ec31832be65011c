/** Maximum length of package names and versions in the tables. */
const MAX_NAME = 256;
/** Maximum length of a dependency range in the tables. */
export const MAX_RANGE = 1024;

/**
 * Text that Postgres can store, limited to `max` characters. Removes NUL characters and replaces
 * lone surrogates. Returns `null` if no visible character is left.
 */
export function storableText(value: unknown, max: number): string | null {
  if (typeof value !== 'string') return null;
  const text = cutTo(value.replaceAll('\0', '').toWellFormed().trim(), max);
  return /[^\p{White_Space}\p{Cf}\p{Cc}]/u.test(text) ? text : null;
}

/** Cuts a text to `max` code points, as Postgres counts them. */
export function cutTo(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = Array.from(text.slice(0, 2 * max));
  return points.slice(0, max).join('');
}

/** Whether a name can be stored unchanged. Names are never altered to fit. */
export function isStorableName(name: string): boolean {
  return storableText(name, MAX_NAME) === name && !CONTROL.test(name);
}

/**
 * The text of a version on one line. An unresolvable range is stored in its place and can contain
 * anything.
 */
export function storableVersion(text: string): string | null {
  return storableText(text.replace(CONTROLS, ' '), MAX_NAME);
}

const CONTROL = /\p{Cc}/u;
const CONTROLS = /\p{Cc}+/gu;
