interface Numeric {
  readonly precision?: number;
  readonly scale?: number;
}

/** Postgres keeps so many digits where a column names no precision. */
const MAX_DIGITS = 131_072;
const MAX_SCALE = 16_383;

const DECIMAL = /^[+-]?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d{1,6}))?$/i;

/** Whether the number, rounded to the column's scale as Postgres does, has few enough digits. */
export function isDecimal(text: string, { precision, scale = 0 }: Numeric): boolean {
  const match = DECIMAL.exec(text);
  if (!match) return false;
  const [, whole = '', fraction = '', bare = '', exponent = '0'] = match;
  const digits = whole + fraction + bare;
  // The value is 0.digits * 10^point.
  const point = whole.length + Number(exponent);
  const significant = digits.replace(/^0+/, '');
  const magnitude = point - (digits.length - significant.length);
  if (precision === undefined) {
    return significant === '' || (magnitude <= MAX_DIGITS && digits.length - point <= MAX_SCALE);
  }
  if (significant === '') return true;
  const room = precision - scale;
  // With as many digits as there is room for, only rounding 99.99… up can still overflow.
  return magnitude < room || (magnitude === room && !roundsUp(significant, magnitude + scale));
}

/** Whether every kept digit is 9 and the first dropped one rounds them all up. */
function roundsUp(significant: string, kept: number): boolean {
  const next = significant[kept] ?? '0';
  return /^9*$/.test(significant.slice(0, kept)) && next >= '5';
}

/** What to say of a number that does not fit. */
export function decimalMessage({ precision, scale = 0 }: Numeric): string {
  return precision === undefined
    ? 'must be a decimal number'
    : `must be a decimal number with at most ${precision - scale} digits before the point`;
}
