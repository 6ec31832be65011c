/**
 * Units that can be converted, by dimension, smallest first. Bytes are decimal like SI prefixes:
 * "at most 5 kB" means 5,000 bytes.
 */
const families = [
  { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 },
  { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 },
] as const;

/** Any other unit, such as `rows/s`, is printed unchanged. */
export type Unit = 'ns' | 'µs' | 'ms' | 's' | 'B' | 'kB' | 'MB' | 'GB' | (string & {});

function familyOf(unit: Unit): Readonly<Record<string, number>> | undefined {
  return families.find((family) => Object.hasOwn(family, unit));
}

/** Converts within a dimension. Undefined if the units have different dimensions. */
export function convert(value: number, from: Unit, to: Unit): number | undefined {
  if (from === to) return value;
  const family = familyOf(from);
  const [source, target] = [family?.[from], family?.[to]];
  return source === undefined || target === undefined ? undefined : (value * source) / target;
}

/**
 * Formats a value with three significant digits, in the largest unit with a value of at least 1.
 *
 * @example
 * formatQuantity(1_523_000, 'ns') // '1.52 ms'
 */
export function formatQuantity(value: number, unit: Unit): string {
  const family = familyOf(unit);
  if (family === undefined) return `${formatNumber(value)} ${unit}`;
  const base = value * (family[unit] ?? 1);
  const units = Object.entries(family);
  const [name, size] = units.findLast(([, each]) => Math.abs(base) >= each) ?? units[0]!;
  return `${formatNumber(base / size)} ${name}`;
}

/** Three significant digits without exponent. Whole numbers keep all digits. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) {
    return Math.round(value).toLocaleString('en-US');
  }
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
