const NUMBER = '(?:0|[1-9][0-9]*)';
/** A number without leading zeros, or a word with at least one non-digit. */
const IDENTIFIER = `(?:${NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)`;
const BUILD = '[0-9A-Za-z-]+';

/**
 * A semantic version: three numbers, a prerelease, and a build, which does not affect the order.
 */
const SEMVER = new RegExp(
  `^(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})(?:-(${IDENTIFIER}(?:\\.${IDENTIFIER})*))?(?:\\+${BUILD}(?:\\.${BUILD})*)?$`,
);

/** Sorts before every character of an identifier, so that `alpha` comes before `alpha1`. */
const END_OF_WORD = '!';
/** Sorts after `-`, so that `1.0.0` comes after `1.0.0-rc.1`. */
const RELEASE = '~';

/**
 * Returns text for `sort_key` that sorts bytewise in semver order, so that the latest
 * version is the first row of an index. Returns `undefined` for text that is not a semantic
 * version.
 *
 * @example
 * const newest = ['1.10.0', '1.9.0', '1.10.0-rc.1'].sort((a, b) =>
 *   semverSortKey(a)! < semverSortKey(b)! ? 1 : -1,
 * );
 * console.log(newest); // [ '1.10.0', '1.10.0-rc.1', '1.9.0' ]
 */
export function semverSortKey(version: string): string | undefined {
  const match = SEMVER.exec(version);
  if (!match) return undefined;
  const [, major = '', minor = '', patch = '', prerelease] = match;
  const core = [major, minor, patch].map(sortableNumber).join('');
  if (prerelease === undefined) return core + RELEASE;
  return `${core}-${prerelease.split('.').map(sortableIdentifier).join('')}`;
}

/**
 * Whether a semantic version is a prerelease; `undefined` for text that is not a semantic
 * version.
 *
 * @example
 * console.log(isSemverPrerelease('1.0.0-rc.1')); // true
 */
export function isSemverPrerelease(version: string): boolean | undefined {
  const match = SEMVER.exec(version);
  return match ? match[4] !== undefined : undefined;
}

/** In a prerelease, numbers sort before words. */
function sortableIdentifier(identifier: string): string {
  return /^[0-9]+$/.test(identifier)
    ? `1${sortableNumber(identifier)}`
    : `2${identifier}${END_OF_WORD}`;
}

/**
 * Prefixes a number with its number of digits, as a letter: `A7`, `B10`. Over 25 digits, the prefix
 * is `Z` and the number of digits.
 */
function sortableNumber(digits: string): string {
  const length = digits.length;
  if (length <= 25) return String.fromCharCode(64 + length) + digits;
  return `Z${String(length).padStart(3, '0')}${digits}`;
}
