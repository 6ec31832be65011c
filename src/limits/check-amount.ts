import { ProblemError } from '../report/problem.ts';

/** An amount as Postgres reads it. Amounts are decimal numbers, never negative. */
export function amountText(amount: string | number): string {
  const text = typeof amount === 'number' ? plain(amount) : amount;
  if (/^\d{1,15}(?:\.\d{1,9})?$/.test(text)) return text;
  throw new ProblemError({
    code: 'limits/amount',
    message: `${String(amount)} is not an amount.`,
    fix: 'pass a number that is not negative, with at most 15 digits before the point and 9 after it.',
  });
}

/** Without an exponent, which small numbers have. */
const plain = (amount: number): string =>
  Number.isFinite(amount) ? amount.toFixed(9).replace(/\.?0+$/, '') : String(amount);

export function durationText(milliseconds: number): string {
  if (Number.isSafeInteger(milliseconds) && milliseconds > 0) return String(milliseconds);
  throw new ProblemError({
    code: 'limits/duration',
    message: `${milliseconds} is not a lifetime in milliseconds.`,
    fix: 'pass a whole number above 0, for example 60_000.',
  });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function idText(id: string): string {
  if (UUID.test(id)) return id;
  throw new ProblemError({
    code: 'limits/id',
    message: 'the id of a reservation or a budget is not a uuid.',
    fix: 'pass the id of the row; for a new reservation, newId().',
  });
}
