/**
 * Whether a version satisfies a range of package.json: alternatives of `>=`, `<`, `^` and
 * exact versions. Unlike npm it lets a pre-release satisfy a range that surrounds it;
 * no pre-release of an excluded upper bound does.
 */
export function inRange(version: string, range: string): boolean {
  return range.split('||').some((part) =>
    part
      .trim()
      .split(/\s+/)
      .every((comparator) => satisfies(version, comparator)),
  );
}

function satisfies(version: string, comparator: string): boolean {
  const [, operator = '', bound = ''] = /^(>=|<|\^)?(\d.*)$/.exec(comparator) ?? [];
  const order = compareVersions(version, bound);
  if (operator === '>=') return order >= 0;
  if (operator === '<') return isBelow(version, bound);
  if (operator === '^') return order >= 0 && isBelow(version, nextBreaking(bound));
  return order === 0;
}

const isBelow = (version: string, bound: string): boolean =>
  compareVersions(version, `${fullVersion(bound)}-0`) < 0;

/** Parses a version. `0.46` means `0.46.0`, and `2` means `2.0.0`. */
const fullVersion = (bound: string): string =>
  [...bound.split('.'), '0', '0'].slice(0, 3).join('.');

/** The first version that a caret excludes. */
function nextBreaking(bound: string): string {
  const [major, minor, patch] = readVersion(bound).numbers;
  if (major > 0) return `${major + 1}.0.0`;
  return minor > 0 ? `0.${minor + 1}.0` : `0.0.${patch + 1}`;
}

interface Version {
  readonly numbers: readonly [number, number, number];
  readonly preRelease: readonly string[];
}

function readVersion(text: string): Version {
  const [release = '', preRelease] = text.split('+')[0]?.split(/-(.*)/) ?? [];
  const [major = 0, minor = 0, patch = 0] = release.split('.').map(Number);
  return { numbers: [major, minor, patch], preRelease: preRelease?.split('.') ?? [] };
}

/** Order of two versions by the rules of semantic versioning. */
function compareVersions(left: string, right: string): number {
  const [a, b] = [readVersion(left), readVersion(right)];
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.preRelease.length === 0 || b.preRelease.length === 0) {
    return b.preRelease.length - a.preRelease.length;
  }
  for (const [index, field] of a.preRelease.entries()) {
    const other = b.preRelease[index];
    if (other === undefined) return 1;
    const difference = compareFields(field, other);
    if (difference !== 0) return difference;
  }
  return a.preRelease.length - b.preRelease.length;
}

/** Numeric identifiers come before alphanumeric ones. */
function compareFields(a: string, b: string): number {
  const [left, right] = [a, b].map((field) => (/^\d+$/.test(field) ? Number(field) : Number.NaN));
  if (left === undefined || right === undefined) return 0;
  if (Number.isNaN(left) && Number.isNaN(right)) return a < b ? -1 : Number(a > b);
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
  return left - right;
}
