/**
 * Random numbers that depend only on their coordinates, not on earlier calls. Any row can be
 * generated without the previous rows, so a run can continue an aborted one, and nothing has to be
 * kept in memory.
 */
export class Random {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = scramble(seed ^ 0x5bd1e995);
  }

  /** A 32-bit integer for up to three coordinates. */
  bits(salt: number, a: number, b = 0, c = 0): number {
    let hash = scramble(this.#seed ^ Math.imul(salt, 0x9e3779b1));
    hash = scramble(hash ^ Math.imul(a, 0x85ebca6b));
    hash = scramble(hash ^ Math.imul(b, 0xc2b2ae35));
    return scramble(hash ^ Math.imul(c, 0x27d4eb2f)) >>> 0;
  }

  /** A number from 0 up to but not including 1. */
  unit(salt: number, a: number, b = 0, c = 0): number {
    return this.bits(salt, a, b, c) / 0x1_0000_0000;
  }
}

/** The finalizer of MurmurHash3: each bit of the result depends on each bit of the input. */
function scramble(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
