import { createCipheriv, randomFillSync } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { headOf, type Ciphertext } from '../model/ciphertext.ts';
import type { IdentifiedKey } from './key-ring.ts';

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

/** Encrypts a text with AES-256-GCM and a random nonce. */
export function sealText(
  text: string | Buffer,
  { id, key }: IdentifiedKey,
  bound: Buffer,
): Ciphertext {
  const nonce = nextNonce();
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(bound);
  const encrypted = typeof text === 'string' ? cipher.update(text, 'utf8') : cipher.update(text);
  cipher.final();
  const payload = Buffer.allocUnsafe(TEXT_AT + encrypted.length + TAG_BYTES);
  payload.set(nonce);
  payload.writeUInt32BE(crc32(bound), CRC_AT);
  payload.writeUInt32BE(encrypted.length, LENGTH_AT);
  payload.set(encrypted, TEXT_AT);
  payload.set(cipher.getAuthTag(), TEXT_AT + encrypted.length);
  return `${headOf(id)}.${payload.toString('base64url')}` as Ciphertext;
}

/** One call for many nonces takes a tenth of the time. */
const pool = Buffer.alloc(NONCE_BYTES * 256);
let poolAt = pool.length;

/** Random bytes that no other call returns. They are overwritten later, so copy them. */
function nextNonce(): Buffer {
  if (poolAt === pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  poolAt += NONCE_BYTES;
  return pool.subarray(poolAt - NONCE_BYTES, poolAt);
}
