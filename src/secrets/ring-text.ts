import { createHash } from 'node:crypto';
import { ProblemError } from '../report/problem.ts';

/** A key of a ring, as it is stored. */
export type RingEntry =
  | { readonly id: string; readonly key: Buffer }
  /** Encrypted by a key management service. */
  | { readonly id: string; readonly wrapped: Buffer };

export const KEY_BYTES = 32;

/** `20261130-4f2a91bc`: the day when the key was made, and the start of a hash of the key. */
export function keyIdOf(key: Uint8Array, day: Date): string {
  return `${day.toISOString().slice(0, 10).replaceAll('-', '')}-${fingerprintOf(key)}`;
}

/** Whether a key belongs to an id. */
export const isKeyOf = (key: Uint8Array, id: string): boolean =>
  key.length === KEY_BYTES && id.endsWith(`-${fingerprintOf(key)}`);

/** 32 bits, which tell keys apart and help nobody to guess 256. */
const fingerprintOf = (key: Uint8Array): string =>
  createHash('sha256').update('garden key').update(key).digest('hex').slice(0, 8);

/** `ID:KEY`, or `ID:kms:KEY` for a wrapped key. */
export const printEntry = (entry: RingEntry): string =>
  'key' in entry
    ? `${entry.id}:${entry.key.toString('base64url')}`
    : `${entry.id}:kms:${entry.wrapped.toString('base64url')}`;

const ENTRY =
  /^(?<id>[0-9]{8}-[0-9a-f]{8}):(?:kms:(?<wrapped>[A-Za-z0-9_-]+)|(?<key>[A-Za-z0-9_-]{43}))$/;

/**
 * Reads a ring: entries separated by white space or commas, the first one is the current key.
 * Lines that start with # are comments. Problems never contain an entry.
 *
 * @param source the file or the variable, for messages.
 */
export function parseRing(text: string, source: string): readonly [RingEntry, ...RingEntry[]] {
  const words = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.split(/[\s,]+/))
    .filter((word) => word !== '');
  const [first, ...others] = words.map((word, at) => parseEntry(word, at + 1, source));
  if (first === undefined) throw badRing(source, 'contains no key');
  const ids = [first, ...others].map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw badRing(source, `contains the key ${twice} twice`);
  return [first, ...others];
}

function parseEntry(word: string, number: number, source: string): RingEntry {
  const { id, key, wrapped } = ENTRY.exec(word)?.groups ?? {};
  if (id !== undefined && wrapped !== undefined) {
    return { id, wrapped: Buffer.from(wrapped, 'base64url') };
  }
  if (id === undefined || key === undefined) {
    throw badRing(source, `has a malformed entry, number ${number}`);
  }
  const bytes = Buffer.from(key, 'base64url');
  if (!isKeyOf(bytes, id)) throw wrongKey(id, source);
  return { id, key: bytes };
}

const badRing = (source: string, found: string): ProblemError =>
  new ProblemError({
    code: 'secrets/bad-ring',
    message: `the key ring in ${source} ${found}.`,
    fix: 'a ring has entries of the form ID:KEY, as `garden keys new` makes them, on lines of their own or separated by commas.',
  });

/** The problem that a key is not the one of its id. */
export const wrongKey = (id: string, source: string): ProblemError =>
  new ProblemError({
    code: 'secrets/wrong-key',
    message: `the key ring in ${source} has a wrong key for ${id}: the id contains a hash of another key.`,
    fix: 'copy the complete entry again from where it was made.',
  });
