import type { ColumnType } from '../../model/column-type.ts';
import type { Json } from './json.ts';

/** The bounds of JSON Schema. */
export interface Bounds {
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/**
 * The bounds of a value before Postgres stores it. Postgres rounds it to the column's type
 * first, so that 0.1 as a `real` is greater than 0.1.
 */
export function boundsBeforeStorage(
  type: ColumnType,
  { min, max }: { readonly min?: number; readonly max?: number },
): Bounds {
  return {
    ...(max !== undefined && upper(type, max)),
    ...(min !== undefined && negated(upper(type, -min))),
  };
}

/** The bounds of a numeric with a precision: the rounded value must have few enough digits. */
export function precisionBounds(precision: number, scale: number): Bounds {
  // A negative scale rounds to tens or hundreds; these bounds are then slightly wide.
  const decimals = Math.max(scale, 0);
  const digits = precision - scale + decimals;
  const most = upperOfScale(10n ** BigInt(Math.max(digits, 0)) - 1n, decimals);
  return { ...most, ...negated(most) };
}

/** The stricter one of each bound. */
export function tighter(node: Readonly<Record<string, Json>>, bounds: Bounds): Bounds {
  return Object.fromEntries(
    Object.entries(bounds).map(([name, bound]: [string, number | bigint]) => {
      const other = node[name] as number | bigint | undefined;
      if (other === undefined) return [name, bound];
      const isStricter = name.endsWith('aximum') ? bound < other : bound > other;
      return [name, isStricter ? bound : other];
    }),
  );
}

function upper(type: ColumnType, max: number): Bounds {
  if (type.kind === 'float' && type.bits === 32) return upperOfReal(max);
  if (type.kind === 'numeric' && type.precision !== undefined) {
    const scale = Math.max(type.scale ?? 0, 0);
    return upperOfScale(floorAt(max, scale), scale);
  }
  return { maximum: max };
}

/** The midpoint between the greatest allowed real and the next one. */
function upperOfReal(max: number): Bounds {
  const nearest = Math.fround(max);
  if (nearest === Infinity) return {};
  const greatest = nearest > max ? -nextReal(-nearest) : nearest;
  const midpoint = (greatest + nextReal(greatest)) / 2;
  return Math.fround(midpoint) === greatest
    ? { maximum: midpoint }
    : { exclusiveMaximum: midpoint };
}

function nextReal(real: number): number {
  if (real === 0) return 2 ** -149;
  const next = new Float32Array([real]);
  const bits = new Int32Array(next.buffer);
  bits[0]! += real > 0 ? 1 : -1;
  // Beyond the greatest real, rounding continues as if the exponent were larger.
  return next[0] === Infinity ? 2 ** 128 : next[0]!;
}

/** `units` is the greatest allowed value, in units of the last digit. Half is rounded away from zero. */
function upperOfScale(units: bigint, scale: number): Bounds {
  const half = Number(`${units * 10n + 5n}e-${scale + 1}`);
  return units < 0n ? { maximum: half } : { exclusiveMaximum: half };
}

/** The number in units of the last digit, rounded down. */
function floorAt(value: number, scale: number): bigint {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const digits = BigInt(sign + whole + fraction);
  const shift = Number(exponent) - fraction.length + scale;
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const unit = 10n ** BigInt(-shift);
  const cut = digits / unit;
  return digits < 0n && cut * unit !== digits ? cut - 1n : cut;
}

const negated = ({ maximum, exclusiveMaximum }: Bounds): Bounds => ({
  ...(maximum !== undefined && { minimum: -maximum }),
  ...(exclusiveMaximum !== undefined && { exclusiveMinimum: -exclusiveMaximum }),
});
