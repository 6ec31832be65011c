import { readDecimal, roundDecimal } from './decimal.ts';

interface Numeric {
  readonly precision?: number;
  readonly scale?: number;
}

/** Limits of Postgres for a numeric column without a precision. */
const MAX_DIGITS = 131_072;
const MAX_SCALE = 16_383;

/** Whether the number, rounded to the column's scale as in Postgres, fits the precision. */
export function isDecimal(text: string, { precision, scale = 0 }: Numeric): boolean {
  const decimal = readDecimal(text);
  if (!decimal) return false;
  if (decimal.digits === '') return true;
  if (precision === undefined) return decimal.point <= MAX_DIGITS && decimal.scale <= MAX_SCALE;
  const { digits, point } = roundDecimal(decimal, scale);
  return digits === '' || point <= precision - scale;
}

/** Validation message for a number that does not fit. */
export function decimalMessage({ precision, scale = 0 }: Numeric): string {
  return precision === undefined
    ? 'must be a decimal number'
    : `must be a decimal number with at most ${precision - scale} digits before the point`;
}
