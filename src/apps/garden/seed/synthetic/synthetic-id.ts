import type { Random } from './random.ts';

/** Which table an id is for: no two tables share one. */
export const idSalt = {
  packages: 1,
  package_versions: 2,
  package_dependencies: 3,
  package_tags: 4,
  package_requests: 5,
} as const;

/** 2016 began then: before any row that the garden made itself. */
const EPOCH = Date.UTC(2016, 0, 1);
/** Packages are made a minute apart: five million take nine and a half years. */
const STEP = 60_000;

/** More would be dated in the future. */
export const MAX_PACKAGES = 5_000_000;

/** When the nth package came into the garden, in milliseconds. */
export const momentOf = (at: number): number => EPOCH + at * STEP;

/** A uuid as four numbers of 32 bits. */
export type IdWords = readonly [number, number, number, number];

/**
 * The ids of rows: uuids of version 7 whose time is that of their package, so that
 * the rows of a table ascend and lie together in the index as they do when clients
 * make them. `at` is the package; `version` and `part` count within it.
 */
export class SyntheticIds {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Millions of these are written, so no text is made of them. */
  words(salt: number, at: number, version = 0, part = 0): IdWords {
    const time = momentOf(at);
    const one = this.#random.bits(salt + 100, at, version, part);
    const two = this.#random.bits(salt + 200, at, version, part);
    return [
      Math.floor(time / 0x1_0000),
      ((time % 0x1_0000) << 16) | 0x7000 | version,
      ((0x8000 | (part << 4) | (one & 15)) << 16) | (one >>> 16),
      two,
    ];
  }

  text(salt: number, at: number, version = 0, part = 0): string {
    const bytes = Buffer.alloc(16);
    this.words(salt, at, version, part).forEach((word, index) => {
      bytes.writeUInt32BE(word >>> 0, index * 4);
    });
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}

/** The smallest uuid of a package's moment: all ids of that package are above it, and below the next one's. */
export function lowestId(at: number): string {
  const time = momentOf(at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** Which package an id of the packages table belongs to. */
export const numberOf = (id: string): number =>
  (Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) - EPOCH) / STEP;
