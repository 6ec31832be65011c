import { setImmediate } from 'node:timers/promises';
import type { DecryptReason } from '../decrypt-error.ts';
import { currentKey, type KeyRing } from '../key-ring.ts';
import { openText } from '../open-text.ts';
import { bindRows } from '../row-binding.ts';
import { sealText } from '../seal-text.ts';
import type { OldValue } from './read-page.ts';
import type { Change } from './write-page.ts';

/** A value that cannot be decrypted, and is left as it is. */
export interface Unreadable {
  readonly key: readonly string[];
  readonly reason: DecryptReason;
}

/** Values that are encrypted without a pause, in about two milliseconds. */
const SLICE = 200;

/**
 * Returns a function that encrypts values with the current key of a ring. It pauses between slices,
 * so that the connections send and receive meanwhile.
 */
export function encryptAgainWith(
  place: string,
  ring: KeyRing,
): (values: readonly OldValue[]) => Promise<readonly (Change | Unreadable)[]> {
  const bind = bindRows(place);
  const current = currentKey(ring);
  const encrypt = ({ key, value }: OldValue): Change | Unreadable => {
    const bound = bind(key);
    const opened = openText(value, ring.keys, bound);
    if ('reason' in opened) return { key, reason: opened.reason };
    return { key, value, next: sealText(opened.text, current, bound) };
  };
  return async (values) => {
    const encrypted: (Change | Unreadable)[] = [];
    for (const [at, value] of values.entries()) {
      if (at % SLICE === 0) await setImmediate();
      encrypted.push(encrypt(value));
    }
    return encrypted;
  };
}
