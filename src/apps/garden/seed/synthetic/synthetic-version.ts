import type { Random } from './random.ts';

/** A version of a synthetic package. Packages share these objects. */
export interface SyntheticVersion {
  readonly version: string;
  readonly sortKey: string;
  readonly isPrerelease: boolean;
  readonly major: number;
  readonly minor: number;
}

const COUNT = 11;
const FORM = 12;
const MAX_VERSIONS = 1000;

/**
 * Number of versions of the nth package. A Pareto distribution: most packages have few, some have
 * hundreds, and the mean is about `mean`.
 */
export function versionCount(random: Random, at: number, mean: number): number {
  const least = mean / 3 + 0.12;
  return Math.max(
    1,
    Math.min(MAX_VERSIONS, Math.floor(least * random.unit(COUNT, at) ** (-1 / 1.5))),
  );
}

/**
 * The nth version of a package, in ascending order. A minor version has four patches, a major
 * version six minors. Every second package starts below 1.0.0. One version in thirteen is a
 * prerelease, one in ninety is yanked.
 */
export function versionAt(random: Random, at: number, index: number): SyntheticVersion {
  const form = random.bits(FORM, at, index);
  return (form % 13 === 0 ? prereleases(form % 5) : releases)[at & 1]?.[index] as SyntheticVersion;
}

/** Whether the version is yanked. */
export function isYanked(random: Random, at: number, index: number): boolean {
  const form = random.bits(FORM, at, index);
  return form % 13 !== 0 && form % 90 === 7;
}

const digits = (value: number): string => (value < 10 ? `A${value}` : `B${value}`);

// There are few distinct versions but millions of rows, so each version is created once.
const all = (candidate?: number): readonly (readonly SyntheticVersion[])[] =>
  [0, 1].map((first) =>
    Array.from({ length: MAX_VERSIONS }, (_, index) => makeVersion(first, index, candidate)),
  );

const releases = all();
const kept = new Map<number, typeof releases>();
function prereleases(form: number): typeof releases {
  const found = kept.get(form) ?? all(form + 1);
  kept.set(form, found);
  return found;
}

function makeVersion(first: number, index: number, candidate?: number): SyntheticVersion {
  const major = Math.floor(index / 24) + first;
  const minor = Math.floor(index / 4) % 6;
  const patch = index % 4;
  const core = `${major}.${minor}.${patch}`;
  // A faster semverSortKey for numbers of one or two digits. A test compares the two.
  const key = `${digits(major)}A${minor}A${patch}`;
  const isPrerelease = candidate !== undefined;
  return {
    version: isPrerelease ? `${core}-rc.${candidate}` : core,
    sortKey: isPrerelease ? `${key}-2rc!1A${candidate}` : `${key}~`,
    isPrerelease,
    major,
    minor,
  };
}
