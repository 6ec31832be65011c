import { createCipheriv, randomBytes, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { headOf, type Ciphertext } from '../model/ciphertext.ts';

/**
 * The payload: nonce, CRC of the additional data, length of the text in bytes, encrypted text, tag.
 * CRC and length only tell why a text cannot be decrypted; the tag decides whether it can.
 */
export const NONCE_BYTES = 12;
export const CRC_AT = 12;
export const LENGTH_AT = 16;
export const TEXT_AT = 20;
export const TAG_BYTES = 16;
export const ALGORITHM = 'aes-256-gcm';

/** A key, and its id in the ciphertext. */
export interface IdentifiedKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** Encrypts a text with AES-256-GCM and a random nonce. */
export function sealText(text: string, { id, key }: IdentifiedKey, bound: string): Ciphertext {
  const nonce = randomBytes(NONCE_BYTES);
  const additional = Buffer.from(bound);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(additional);
  const encrypted = cipher.update(text, 'utf8');
  cipher.final();
  const payload = Buffer.allocUnsafe(TEXT_AT + encrypted.length + TAG_BYTES);
  payload.set(nonce);
  payload.writeUInt32BE(crc32(additional), CRC_AT);
  payload.writeUInt32BE(encrypted.length, LENGTH_AT);
  payload.set(encrypted, TEXT_AT);
  payload.set(cipher.getAuthTag(), TEXT_AT + encrypted.length);
  return `${headOf(id)}.${payload.toString('base64url')}` as Ciphertext;
}
