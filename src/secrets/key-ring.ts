import type { KeyObject } from 'node:crypto';

/** The keys of a process. A `KeyObject` never prints its bytes. */
export interface KeyRing {
  /** The id of the key that encrypts; all keys decrypt. */
  readonly current: string;
  readonly keys: ReadonlyMap<string, KeyObject>;
}

/** A key, and its id in the ciphertext. */
export interface IdentifiedKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The key that encrypts. */
export function currentKey({ current, keys }: KeyRing): IdentifiedKey {
  const key = keys.get(current);
  if (key === undefined) throw new Error(`the ring lacks its current key ${current}`);
  return { id: current, key };
}

/**
 * A key management service, which encrypts ("wraps") the keys of a ring with a key that never
 * leaves it. A ring of wrapped keys is useless without the service. It is called once per key, when
 * the ring is opened; texts are encrypted in the process.
 */
export interface KeyService {
  /** Encrypts a new key of 32 bytes. */
  wrap(key: Uint8Array, keyId: string): Promise<Uint8Array>;
  /** Decrypts what `wrap` returned for the same id. */
  unwrap(wrapped: Uint8Array, keyId: string): Promise<Uint8Array>;
}
