import { createDecipheriv, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { CIPHERTEXT, HEAD_LENGTH } from '../model/ciphertext.ts';
import type { DecryptReason } from './decrypt-error.ts';
import { ALGORITHM, CRC_AT, LENGTH_AT, NONCE_BYTES, TAG_BYTES, TEXT_AT } from './seal-text.ts';

/** The text in UTF-8, or why it cannot be decrypted. */
export type Opened =
  | { readonly text: Buffer }
  | { readonly reason: DecryptReason; readonly keyId?: string };

const LEAST_BYTES = TEXT_AT + TAG_BYTES;

/** Decrypts a text of `sealText()`. */
export function openText(
  sealed: string,
  keys: ReadonlyMap<string, KeyObject>,
  bound: Buffer,
): Opened {
  const keyId = sealed.slice(3, HEAD_LENGTH);
  const key = keys.get(keyId);
  if (key === undefined || !sealed.startsWith('g1.') || sealed[HEAD_LENGTH] !== '.') {
    return unreadable(sealed, keyId);
  }
  const encoded = sealed.slice(HEAD_LENGTH + 1);
  const payload = Buffer.from(encoded, 'base64url');
  const { length } = payload;
  if (length < LEAST_BYTES || length < LEAST_BYTES + payload.readUInt32BE(LENGTH_AT)) {
    return { reason: /^[A-Za-z0-9_-]*$/.test(encoded) ? 'truncated' : 'edited' };
  }
  // Base64 of the same bytes can be written differently, and Node skips unknown characters.
  const isExact =
    length === LEAST_BYTES + payload.readUInt32BE(LENGTH_AT) &&
    payload.toString('base64url') === encoded;
  if (!isExact) return { reason: 'edited' };
  const isBound = payload.readUInt32BE(CRC_AT) === crc32(bound);
  const text = decrypt(payload, key, bound);
  if (isBound && text !== undefined) return { text };
  // With the right row and a wrong CRC, the CRC was edited.
  return { reason: isBound || text !== undefined ? 'edited' : 'swapped' };
}

function decrypt(payload: Buffer, key: KeyObject, bound: Buffer): Buffer | undefined {
  const decipher = createDecipheriv(ALGORITHM, key, payload.subarray(0, NONCE_BYTES));
  decipher.setAAD(bound);
  const end = payload.length - TAG_BYTES;
  // Always the whole tag: Node would also accept a shorter one.
  decipher.setAuthTag(payload.subarray(end));
  const text = decipher.update(payload.subarray(TEXT_AT, end));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return text;
}

/** Why a text without a known key cannot be decrypted. */
function unreadable(sealed: string, keyId: string): Opened {
  if (CIPHERTEXT.test(sealed)) return { reason: 'unknown-key', keyId };
  if (!sealed.startsWith('g1.')) return { reason: 'not-encrypted' };
  return { reason: START.test(sealed) ? 'truncated' : 'edited' };
}

/** The start of any ciphertext. */
const START = /^g1\.(?:[0-9]{0,8}|[0-9]{8}-[0-9a-f]{0,8}|[0-9]{8}-[0-9a-f]{8}\.[A-Za-z0-9_-]*)$/;
