import { randomBytes } from 'node:crypto';
import type { KeyService } from './key-ring.ts';
import { kmsFailed } from './open-key-ring.ts';
import { KEY_BYTES, keyIdOf, printEntry, type RingEntry } from './ring-text.ts';

/** Makes a random key, wrapped by the key management service if there is one. */
export async function newKey(
  kms: KeyService | undefined,
  day: Date = new Date(),
): Promise<RingEntry> {
  const key = randomBytes(KEY_BYTES);
  const id = keyIdOf(key, day);
  if (kms === undefined) return { id, key };
  const wrapped = await kms.wrap(key, id).catch((error: unknown) => {
    throw kmsFailed(`wrap the key ${id}`, error);
  });
  return { id, wrapped: Buffer.from(wrapped) };
}

/**
 * Makes a key, as an entry of a ring: what `garden keys new` prints.
 *
 * @example
 * const ring = await openKeyRing({ env: { GARDEN_KEYS: await newRingEntry() } });
 */
export const newRingEntry = async (kms?: KeyService): Promise<string> =>
  printEntry(await newKey(kms));
