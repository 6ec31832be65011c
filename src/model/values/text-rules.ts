import { codePoints } from './predicate.ts';

/** Whether the text has no NUL, the only character that Postgres cannot store. */
export const isText = (text: string): boolean => !text.includes('\0');

/** `varchar(n)` and `char(n)`: at most n code points; Postgres silently truncates spaces beyond them. */
export const fitsLength = (text: string, length: number): boolean =>
  text.length <= length || codePoints(text.replace(/ +$/, '')) <= length;

const GROUPS = '[0-9a-f]{4}(?:-?[0-9a-f]{4}){7}';
const SPELLINGS = new RegExp(`^(?:${GROUPS}|\\{${GROUPS}\\})$`, 'i');
const CANONICAL = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the text is a uuid in the format in which Postgres returns it. */
export const isCanonicalUuid = (text: string): boolean => CANONICAL.test(text);

/** Whether the text is a uuid in any format that Postgres accepts. */
export const isUuid = (text: string): boolean => isCanonicalUuid(text) || SPELLINGS.test(text);

/**
 * The format in which Postgres returns a uuid. On the client, a key in another format
 * would be a different row.
 */
export function canonicalUuid(text: string): string {
  if (isCanonicalUuid(text)) return text;
  const hex = text.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...groups, hex.slice(20)].join('-');
}
