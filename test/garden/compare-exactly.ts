/**
 * Compares two semantic versions as section 11 of the specification says, number
 * by number and without rounding. npm's semver refuses numbers over 2^53 in the
 * core and rounds them in a pre-release, so it cannot judge those.
 */
export function compareExactly(a: string, b: string): number {
  const [one, other] = [parse(a), parse(b)];
  const core = compareLists(one.core, other.core, compareNumbers);
  if (core !== 0) return core;
  // A version without a pre-release follows all versions with one.
  if (!one.prerelease || !other.prerelease) {
    return Number(!one.prerelease) - Number(!other.prerelease);
  }
  return compareLists(one.prerelease, other.prerelease, compareIdentifiers);
}

interface Version {
  readonly core: readonly string[];
  readonly prerelease: readonly string[] | undefined;
}

function parse(version: string): Version {
  const [named = ''] = version.split('+');
  const dash = named.indexOf('-');
  if (dash === -1) return { core: named.split('.'), prerelease: undefined };
  return { core: named.slice(0, dash).split('.'), prerelease: named.slice(dash + 1).split('.') };
}

/** Compares by the first difference; without one, the longer list is greater. */
function compareLists(
  a: readonly string[],
  b: readonly string[],
  compare: (a: string, b: string) => number,
): number {
  for (const [at, item] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    const order = compare(item, other);
    if (order !== 0) return order;
  }
  return a.length < b.length ? -1 : 0;
}

function compareIdentifiers(a: string, b: string): number {
  const [number, other] = [isNumber(a), isNumber(b)];
  if (number && other) return compareNumbers(a, b);
  if (number !== other) return number ? -1 : 1;
  return compareValues(a, b);
}

const isNumber = (text: string): boolean => /^[0-9]+$/.test(text);
const compareNumbers = (a: string, b: string): number => compareValues(BigInt(a), BigInt(b));
const compareValues = <Value>(a: Value, b: Value): number => (a === b ? 0 : a < b ? -1 : 1);
