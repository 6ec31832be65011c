import { z } from 'zod';
import { codePoints } from '../kit/constraint/holds.ts';

/**
 * Text as Postgres stores it. A NUL byte is the one character that it refuses.
 * Half a surrogate pair becomes U+FFFD on the way to the server, so it becomes
 * that here already: what the client keeps is what the server has.
 */
export function plainText(): z.ZodType<string, string> {
  return z
    .string()
    .refine((text) => !text.includes('\0'), 'must not contain a NUL character')
    .overwrite((text) => text.toWellFormed());
}

/** `varchar(n)` and `char(n)`: n code points; spaces beyond them are cut off without an error. */
export function fixedText(length: number | undefined): z.ZodType<string, string> {
  if (length === undefined) return plainText();
  return plainText().refine(
    (text) => codePoints(text.replace(/ +$/, '')) <= length,
    `must have at most ${length} characters`,
  );
}

/**
 * Every spelling of a uuid that Postgres takes, turned into the one that it
 * gives back: a key that is spelt otherwise on the client is another row there.
 */
export function uuid(): z.ZodType<string, string> {
  return z
    .string()
    .refine((text) => SPELLINGS.test(text), { message: 'must be a uuid' })
    .overwrite(canonicalUuid);
}

const GROUPS = '[0-9a-f]{4}(?:-?[0-9a-f]{4}){7}';
const SPELLINGS = new RegExp(`^(?:${GROUPS}|\\{${GROUPS}\\})$`, 'i');

function canonicalUuid(text: string): string {
  const hex = text.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
