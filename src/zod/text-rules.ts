import { codePoints } from '../kit/constraint/predicate.ts';

/** The one character that Postgres has no place for in text. */
export const isText = (text: string): boolean => !text.includes('\0');

/** `varchar(n)` and `char(n)`: n code points; spaces beyond them are cut off without an error. */
export const fitsLength = (text: string, length: number): boolean =>
  text.length <= length || codePoints(text.replace(/ +$/, '')) <= length;

const GROUPS = '[0-9a-f]{4}(?:-?[0-9a-f]{4}){7}';
const SPELLINGS = new RegExp(`^(?:${GROUPS}|\\{${GROUPS}\\})$`, 'i');
const CANONICAL = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Every spelling of a uuid that Postgres takes. */
export const isUuid = (text: string): boolean => CANONICAL.test(text) || SPELLINGS.test(text);

/**
 * The spelling of a uuid that Postgres gives back: a key that is spelt otherwise
 * on the client is another row there.
 */
export function canonicalUuid(text: string): string {
  if (CANONICAL.test(text)) return text;
  const hex = text.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...groups, hex.slice(20)].join('-');
}
