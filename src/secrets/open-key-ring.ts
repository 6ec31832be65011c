import { createSecretKey, type KeyObject } from 'node:crypto';
import { ProblemError } from '../report/problem.ts';
import { findRing, type FoundRing, type RingPlace } from './find-ring.ts';
import type { KeyRing, KeyService } from './key-ring.ts';
import { isKeyOf, wrongKey, type RingEntry } from './ring-text.ts';

export interface KeyRingOptions extends RingPlace {
  /** The service that wrapped the keys of the ring. */
  readonly kms?: KeyService | undefined;
}

/**
 * Opens the key ring of a process, at its start: from the variable GARDEN_KEYS, or from the file
 * that GARDEN_KEYS_FILE names. `garden keys new` makes a ring. A variable that bundlers expose, such
 * as VITE_KEYS, is refused.
 *
 * @example
 * const ring = await openKeyRing();
 */
export async function openKeyRing({ kms, ...place }: KeyRingOptions = {}): Promise<KeyRing> {
  return unlockRing(findRing(place), kms);
}

/** Unwraps the keys of a ring. */
export async function unlockRing(
  { entries, source }: FoundRing,
  kms: KeyService | undefined,
): Promise<KeyRing> {
  const keys = await Promise.all(
    entries.map(async (entry) => [entry.id, await keyOf(entry, kms, source)] as const),
  );
  return { current: entries[0].id, keys: new Map(keys) };
}

async function keyOf(
  entry: RingEntry,
  kms: KeyService | undefined,
  source: string,
): Promise<KeyObject> {
  if ('key' in entry) return createSecretKey(entry.key);
  const { id, wrapped } = entry;
  if (kms === undefined) {
    throw new ProblemError({
      code: 'secrets/no-kms',
      message: `the key ${id} in ${source} is encrypted by a key management service, and none is given.`,
      fix: 'pass it: openKeyRing({ kms }). For `garden keys`, set kms in garden.config.ts to the module that exports it as default.',
    });
  }
  const key = await kms.unwrap(wrapped, id).catch((error: unknown) => {
    throw kmsFailed(`unwrap the key ${id}`, error);
  });
  if (!isKeyOf(key, id)) throw wrongKey(id, source);
  return createSecretKey(key);
}

/** The problem that a key management service fails. */
export const kmsFailed = (task: string, cause: unknown): ProblemError =>
  new ProblemError(
    {
      code: 'secrets/kms-failed',
      message: `the key management service could not ${task}.`,
      fix: 'check its address and permissions; the cause of the error has its message.',
    },
    { cause },
  );
