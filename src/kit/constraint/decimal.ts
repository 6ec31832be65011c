/** A decimal number as Postgres' numeric has it, exactly: 0.digits times ten to the point. */
export interface Decimal {
  readonly negative: boolean;
  /** Begins and ends with another digit than 0; of zero there are none. */
  readonly digits: string;
  readonly point: number;
  /** How many digits stand after the point as it is written. */
  readonly scale: number;
}

const DECIMAL = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d{1,6}))?$/i;

/** Reads what Postgres and JavaScript both write; nothing where it is no decimal number. */
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

/** Rounds as numeric does, the half away from zero. */
export function roundDecimal(decimal: Decimal, scale: number): Decimal {
  const { negative, digits, point } = decimal;
  const kept = point + scale;
  if (kept >= digits.length) return decimal;
  if (kept < 0) return { negative, digits: '', point: 0, scale };
  const up = (digits[kept] ?? '0') >= '5' ? 1n : 0n;
  const rounded = String(BigInt(digits.slice(0, kept)) + up);
  return readDecimal(`${negative ? '-' : ''}${rounded}e${-scale}`) ?? decimal;
}

/** Negative where the first is less, positive where it is more. */
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
