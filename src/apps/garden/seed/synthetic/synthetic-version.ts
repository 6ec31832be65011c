import type { Random } from './random.ts';

/** A version of a synthetic package. Many packages share one. */
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
 * How many versions the nth package has. A Pareto distribution: most packages
 * have few, some have hundreds; the mean is about `mean`.
 */
export function versionCount(random: Random, at: number, mean: number): number {
  const least = mean / 3 + 0.12;
  return Math.max(
    1,
    Math.min(MAX_VERSIONS, Math.floor(least * random.unit(COUNT, at) ** (-1 / 1.5))),
  );
}

/**
 * The nth version of a package; they ascend as semver does. Four patches make a
 * minor and six minors a major, and every second package has not reached 1.0.0
 * when it starts. One in thirteen is a pre-release, one in ninety was withdrawn.
 */
export function versionAt(random: Random, at: number, index: number): SyntheticVersion {
  const form = random.bits(FORM, at, index);
  return (form % 13 === 0 ? prereleases(form % 5) : releases)[at & 1]?.[index] as SyntheticVersion;
}

/** Whether that version was withdrawn. */
export function isYanked(random: Random, at: number, index: number): boolean {
  const form = random.bits(FORM, at, index);
  return form % 13 !== 0 && form % 90 === 7;
}

const digits = (value: number): string => (value < 10 ? `A${value}` : `B${value}`);

// There are few of them, and millions of rows name them: each is made once.
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
  // As semverSortKey makes it, which a test compares: numbers here have one or two digits.
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
