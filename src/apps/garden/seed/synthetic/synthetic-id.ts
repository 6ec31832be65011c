import type { Random } from './random.ts';

/** Salt per table, so that no two tables share an id. */
export const idSalt = {
  packages: 1,
  package_versions: 2,
  package_dependencies: 3,
  package_tags: 4,
  package_requests: 5,
} as const;

/** 2016-01-01, before any row that is created in use. */
const EPOCH = Date.UTC(2016, 0, 1);
/** Packages are created a minute apart: five million take nine and a half years. */
const STEP = 60_000;

/** More packages would have dates in the future. */
export const MAX_PACKAGES = 5_000_000;

/** Creation time of the nth package, in milliseconds. */
export const momentOf = (at: number): number => EPOCH + at * STEP;

/** A uuid as four 32-bit numbers. */
export type IdWords = readonly [number, number, number, number];

/**
 * Ids of rows: version 7 uuids with the time of their package. The ids of a table ascend and are
 * adjacent in the index, as when clients create them. `at` is the package; `version` and `part`
 * number the rows within it.
 */
export class SyntheticIds {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Returns numbers instead of text for speed, because millions of ids are written. */
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

/**
 * The smallest uuid at a package's creation time. All ids of the package are between it and that of
 * the next package.
 */
export function lowestId(at: number): string {
  const time = momentOf(at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** The number of the package with this id. */
export const numberOf = (id: string): number =>
  (Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) - EPOCH) / STEP;
