import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, test } from 'vitest';
import { isSemverPrerelease, semverSortKey } from '../../src/apps/garden/index.ts';
import { compareExactly } from './compare-exactly.ts';
import { anyVersion, longVersion, nearVersion, safeVersion } from './version-arbitraries.ts';

/** The key of a valid version. */
function keyOf(version: string): string {
  const key = semverSortKey(version);
  if (key === undefined) throw new Error(`no key for ${version}`);
  return key;
}

/** As COLLATE "C" compares; JavaScript agrees, because every character of a key is ASCII. */
const compareKeys = (a: string, b: string): number =>
  keyOf(a) === keyOf(b) ? 0 : keyOf(a) < keyOf(b) ? -1 : 1;

describe('the order of the keys', () => {
  test("is the order of npm's semver", () => {
    fc.assert(
      fc.property(safeVersion, safeVersion, (a, b) => {
        expect(compareKeys(a, b)).toBe(semver.compare(a, b));
      }),
      { numRuns: 5_000 },
    );
  });

  test('is the order of the specification for numbers of any length', () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, (a, b) => {
        expect(compareKeys(a, b)).toBe(compareExactly(a, b));
      }),
      { numRuns: 5_000 },
    );
  });

  test('is correct for the longest versions', () => {
    fc.assert(
      fc.property(longVersion, longVersion, (a, b) => {
        expect(compareKeys(a, b)).toBe(compareExactly(a, b));
      }),
      { numRuns: 500 },
    );
  });

  test("the exact comparison agrees with npm's semver where that is exact", () => {
    fc.assert(
      fc.property(safeVersion, safeVersion, (a, b) => {
        expect(compareExactly(a, b)).toBe(semver.compare(a, b));
      }),
      { numRuns: 5_000 },
    );
  });

  test("is the order of the specification's example", () => {
    const ascending = [
      ...['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2'],
      ...['1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.1-0', '1.9.0', '1.10.0', '2.0.0'],
    ];
    expect(ascending.toReversed().sort(compareKeys)).toEqual(ascending);
  });
});

describe('a key', () => {
  test('satisfies the CHECK of sort_key', () => {
    fc.assert(
      fc.property(fc.oneof(anyVersion, longVersion), (version) => {
        expect(keyOf(version)).toMatch(/^[!-~]+$/);
        expect(keyOf(version).length).toBeLessThanOrEqual(512);
      }),
      { numRuns: 5_000 },
    );
  });

  test('ignore the build', () => {
    fc.assert(
      fc.property(safeVersion, (version) => {
        expect(keyOf(`${version.replace(/\+.*/, '')}+build.7`)).toBe(keyOf(version));
      }),
    );
  });

  test('and the pre-release mark go together', () => {
    fc.assert(
      fc.property(nearVersion, (text) => {
        const isPrerelease = isSemverPrerelease(text);
        expect(isPrerelease === undefined).toBe(semverSortKey(text) === undefined);
        if (isPrerelease === undefined || !isRead(text)) return;
        expect(isPrerelease).toBe(semver.prerelease(text) !== null);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Whether npm's semver accepts a text unchanged. It also trims text and ignores a `v`. */
const isRead = (text: string): boolean =>
  !/^[v=]/.test(text) && text.trim() === text && semver.valid(text, { loose: false }) !== null;

/** Whether a number may be too large for npm's semver. The last test covers those. */
const hasLongNumber = (text: string): boolean => /[0-9]{16}/.test(text);

describe('a text has a key', () => {
  test("exactly if npm's semver accepts it", () => {
    fc.assert(
      fc.property(nearVersion, (text) => {
        fc.pre(!hasLongNumber(text));
        expect(semverSortKey(text) !== undefined).toBe(isRead(text));
      }),
      { numRuns: 20_000 },
    );
  });

  // The specification has no limit, so a registry may publish such a version, and it needs
  // a key. npm's semver refuses it.
  test("even if a number is too large for npm's semver", () => {
    const version = `1.0.${2n ** 53n}`;
    expect(semver.valid(version)).toBeNull();
    expect(semverSortKey(version)).toBe('A1A0P9007199254740992~');
  });
});
