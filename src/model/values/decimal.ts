/** An exact decimal number, like Postgres' numeric: 0.digits × 10^point. */
export interface Decimal {
  readonly negative: boolean;
  /** The digits without leading and trailing zeros; empty for zero. */
  readonly digits: string;
  readonly point: number;
  /** Number of written digits after the decimal point. */
  readonly scale: number;
}

const DECIMAL = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d{1,6}))?$/i;

/** Parses a decimal number as Postgres or JavaScript prints it; `undefined` for any other text. */
export function readDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', bare = '', exponent = '0'] = match;
  const written = whole + fraction + bare;
  const point = whole.length + Number(exponent);
  let start = 0;
  while (written[start] === '0') start += 1;
  let end = written.length;
  while (end > start && written[end - 1] === '0') end -= 1;
  return {
    negative: sign === '-',
    digits: written.slice(start, end),
    point: point - start,
    scale: written.length - point,
  };
}

/** Rounds like Postgres' numeric: half away from zero. */
export function roundDecimal(decimal: Decimal, scale: number): Decimal {
  const { negative, digits, point } = decimal;
  const kept = point + scale;
  if (kept >= digits.length) return decimal;
  if (kept < 0) return { negative, digits: '', point: 0, scale };
  const up = (digits[kept] ?? '0') >= '5' ? 1n : 0n;
  const rounded = String(BigInt(digits.slice(0, kept)) + up);
  return readDecimal(`${negative ? '-' : ''}${rounded}e${-scale}`) ?? decimal;
}

/** Negative if the first is less, positive if it is greater, 0 if they are equal. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  const [first, second] = [signOf(one), signOf(other)];
  if (first !== second || first === 0) return first - second;
  if (one.point !== other.point) return first * (one.point - other.point);
  if (one.digits === other.digits) return 0;
  return one.digits < other.digits ? -first : first;
}

const signOf = ({ negative, digits }: Decimal): number => {
  if (digits === '') return 0;
  return negative ? -1 : 1;
};
