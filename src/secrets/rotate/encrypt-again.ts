import { randomBytes } from 'node:crypto';
import type { DecryptReason } from '../decrypt-error.ts';
import { currentKey, type KeyRing } from '../key-ring.ts';
import { openText } from '../open-text.ts';
import { bindRows } from '../row-binding.ts';
import { NONCE_BYTES, sealText } from '../seal-text.ts';
import type { OldValue } from './read-page.ts';
import type { Change } from './write-page.ts';

/** A value that cannot be decrypted, and is left as it is. */
export interface Unreadable {
  readonly key: readonly string[];
  readonly reason: DecryptReason;
}

/** Returns a function that encrypts values with the current key of a ring. */
export function encryptAgainWith(
  place: string,
  ring: KeyRing,
): (values: readonly OldValue[]) => readonly (Change | Unreadable)[] {
  const bind = bindRows(place);
  const current = currentKey(ring);
  return (values) => {
    // One call for all nonces takes a tenth of the time.
    const nonces = randomBytes(values.length * NONCE_BYTES);
    return values.map(({ key, value }, at) => {
      const bound = bind(key);
      const opened = openText(value, ring.keys, bound);
      if ('reason' in opened) return { key, reason: opened.reason };
      const nonce = nonces.subarray(at * NONCE_BYTES, (at + 1) * NONCE_BYTES);
      return { key, value, next: sealText(opened.text, current, bound, nonce) };
    });
  };
}
