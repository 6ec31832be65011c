import { createHash } from 'node:crypto';

/** 2016-01-01, the first timestamp of synthetic rows. */
const EPOCH = Date.UTC(2016, 0, 1);

/**
 * A deterministic id from a name, so that a second run finds the rows of the first. It has the form
 * of a version 7 uuid, with a time before all rows that are created in use.
 */
export function nameId(kind: string, name: string): string {
  const digest = createHash('sha256').update(`${kind}\0${name}`).digest();
  // 2^32 milliseconds are fifty days, so these ids are older than the synthetic rows.
  const time = EPOCH - 1 - digest.readUInt32BE(0);
  const head = Buffer.alloc(6);
  head.writeUIntBE(time, 0, 6);
  const bytes = Buffer.concat([head, digest.subarray(4, 14)]);
  bytes.writeUInt8(0x70 | ((bytes[6] ?? 0) & 0x0f), 6);
  bytes.writeUInt8(0x80 | ((bytes[8] ?? 0) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
