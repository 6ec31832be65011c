import { uuid, type PgUUIDBuilderInitial } from 'drizzle-orm/pg-core';
import type { IsPrimaryKey, NotNull } from 'drizzle-orm';

/**
 * The primary key of a table: one uuid, set by the client with {@link newId}. It has
 * no database default on purpose: a local-first client must know the key before the
 * server does.
 *
 * @example
 * const labels = pgTable('labels', { id: id() });
 */
export function id(): IsPrimaryKey<NotNull<PgUUIDBuilderInitial<'id'>>> {
  return uuid('id').primaryKey();
}

/**
 * A new UUID, version 7: the first 48 bits are the time in milliseconds, so rows
 * that are created together are adjacent in the index. Ids of one process always
 * ascend, also within a millisecond and when the clock steps back.
 *
 * @example
 * const first = newId();
 * const second = newId();
 * console.log(first < second); // true
 */
export function newId(): string {
  tick();
  if (poolAt === POOL_BYTES) {
    crypto.getRandomValues(pool);
    poolAt = 0;
  }
  const high = Math.floor(time / 0x10000);
  const low = time % 0x10000;
  const at = poolAt;
  poolAt += RANDOM_BYTES;
  return (
    pair(high >>> 16) +
    pair(high & 0xffff) +
    '-' +
    pair(low) +
    '-' +
    pair(0x7000 | counter) +
    '-' +
    pair(0x8000 | (word(at) & 0x3fff)) +
    '-' +
    pair(word(at + 2)) +
    pair(word(at + 4)) +
    pair(word(at + 6))
  );
}

/** The 12 bits after the version count within a millisecond, as RFC 9562 (6.2, method 1) allows. */
const COUNTER_END = 0x1000;
/** The counter starts in the lower half, so at least 2,048 ids fit into a millisecond. */
const COUNTER_START_MASK = 0x7ff;
const RANDOM_BYTES = 8;
/** `getRandomValues` costs about as much for 4 kB as for 8 bytes. */
const POOL_BYTES = 4096;

const pool = new Uint8Array(POOL_BYTES);
let poolAt = POOL_BYTES;
let time = -1;
let counter = 0;

function tick(): void {
  const now = Date.now();
  if (now > time) {
    time = now;
    counter = Math.trunc(Math.random() * COUNTER_END) & COUNTER_START_MASK;
    return;
  }
  counter += 1;
  if (counter === COUNTER_END) {
    // The counter is exhausted: use the next millisecond rather than repeat an id.
    time += 1;
    counter = 0;
  }
}

const word = (at: number): number => ((pool[at] ?? 0) << 8) | (pool[at + 1] ?? 0);

const hex: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);
const pair = (value: number): string =>
  (hex[value >>> 8] as string) + (hex[value & 0xff] as string);
