import { createHash } from 'node:crypto';

/** The first day of 2016, when the seed's own time begins. */
const EPOCH = Date.UTC(2016, 0, 1);

/**
 * An id that depends on a name alone, so that a second run finds the rows of the
 * first: of the form of a uuid version 7, dated before all that is made in use.
 */
export function nameId(kind: string, name: string): string {
  const digest = createHash('sha256').update(`${kind}\0${name}`).digest();
  // Fifty days hold 2^32 milliseconds: all of these are older than the synthetic rows.
  const time = EPOCH - 1 - digest.readUInt32BE(0);
  const head = Buffer.alloc(6);
  head.writeUIntBE(time, 0, 6);
  const bytes = Buffer.concat([head, digest.subarray(4, 14)]);
  bytes.writeUInt8(0x70 | ((bytes[6] ?? 0) & 0x0f), 6);
  bytes.writeUInt8(0x80 | ((bytes[8] ?? 0) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
