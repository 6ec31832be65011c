import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyService } from './key-ring.ts';

/**
 * Stands in for a key management service in tests: it wraps keys in this process, with RFC 3394.
 */
export function localKmsStandIn(
  master = randomBytes(32),
): KeyService & { readonly calls: string[] } {
  const iv = Buffer.alloc(8, 0xa6);
  const calls: string[] = [];
  return {
    calls,
    async wrap(key, keyId) {
      calls.push(`wrap ${keyId}`);
      const cipher = createCipheriv('id-aes256-wrap', master, iv);
      return Buffer.concat([cipher.update(key), cipher.final()]);
    },
    async unwrap(wrapped, keyId) {
      calls.push(`unwrap ${keyId}`);
      const decipher = createDecipheriv('id-aes256-wrap', master, iv);
      return Buffer.concat([decipher.update(wrapped), decipher.final()]);
    },
  };
}
