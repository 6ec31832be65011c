import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { encrypted, id, isEncrypted, newId, pgTable } from '../../../src/kit/index.ts';
import { columnCipher, newRingEntry, openKeyRing } from '../../../src/server.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Context, Measurement } from '../../frame/suite.ts';

const keys = pgTable('keys', { id: id(), secret: encrypted('secret') }, (t) => [
  isEncrypted(t.secret),
]);
const TEXT = 'x'.repeat(100);

/** Encrypts and decrypts 100 bytes, against node:crypto with the same additional data. */
export async function* measureCipher({ contest }: Context): AsyncGenerator<Measurement, void> {
  const ring = await openKeyRing({ env: { GARDEN_KEYS: await newRingEntry() } });
  const cipher = columnCipher(keys.secret, ring);
  const key = ring.keys.get(ring.current)!;
  const row = newId();
  const additional = Buffer.from(JSON.stringify(['public.keys.secret', row]));
  const sealed = cipher.encrypt(row, TEXT);
  const bare = (): Buffer => {
    const nonce = randomBytes(12);
    const own = createCipheriv('aes-256-gcm', key, nonce);
    own.setAAD(additional);
    return Buffer.concat([nonce, own.update(TEXT, 'utf8'), own.final(), own.getAuthTag()]);
  };
  const raw = bare();
  const encrypting = await contest({ ours: () => cipher.encrypt(row, TEXT), bare });
  yield compareTimes('encrypt 100 bytes', encrypting.ours, encrypting.bare, 'at most 1.5');
  const decrypting = await contest({
    ours: () => cipher.decrypt(row, sealed),
    bare: () => {
      const own = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12));
      own.setAAD(additional);
      own.setAuthTag(raw.subarray(-16));
      return Buffer.concat([own.update(raw.subarray(12, -16)), own.final()]).toString('utf8');
    },
  });
  yield compareTimes('decrypt 100 bytes', decrypting.ours, decrypting.bare, 'at most 1.5');
}
