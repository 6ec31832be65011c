import { ProblemError } from '../report/problem.ts';

/** A bucket of `capacity` tokens, to which `refill` tokens are added in `per` milliseconds. */
export interface BucketLimit {
  /** Most tokens that can be taken at once. */
  readonly capacity: number;
  readonly refill: number;
  /** Milliseconds. */
  readonly per: number;
}

/** A limit in whole nanoseconds of refilling, so that no rounding adds tokens. */
export interface BucketNumbers {
  readonly limit: BucketLimit;
  /** Time in which one token is added, rounded up. */
  readonly token: number;
  /** Time in which the empty bucket becomes full. */
  readonly full: number;
}

/** 100 days, which is below 2^53 nanoseconds. */
const LONGEST = 8_640_000 * 1e9;

export function bucketNumbers(limit: BucketLimit): BucketNumbers {
  const { capacity, refill, per } = limit;
  const token = Math.ceil((per * 1e6) / refill);
  const full = Math.floor(capacity * token);
  const isValid = [capacity, refill, per].every((one) => Number.isFinite(one) && one > 0);
  if (isValid && full >= 1 && full <= LONGEST) return { limit, token, full };
  throw new ProblemError({
    code: 'limits/limit',
    message: `a bucket of ${capacity} tokens, with ${refill} more in ${per} ms, cannot be counted.`,
    fix: 'use positive numbers, so that an empty bucket is full again within 100 days.',
  });
}

/** The time in which the tokens of a call are added. */
export function costOf(cost: number, { limit, token, full }: BucketNumbers): number {
  const price = Math.ceil(cost * token);
  if (Number.isFinite(cost) && cost > 0 && price <= full) return price;
  throw new ProblemError({
    code: 'limits/cost',
    message: `a call cannot take ${cost} tokens from a bucket of ${limit.capacity}.`,
    fix: 'take more than 0 and at most as many as the bucket holds: it would never have more.',
  });
}

/** Postgres refuses NUL; the table has a longest key. */
export function keyOf(name: string, whom: string): string {
  const key = `${name}:${whom}`;
  if (typeof whom === 'string' && whom !== '' && key.length <= 300 && !key.includes('\0')) {
    return key;
  }
  throw new ProblemError({
    code: 'limits/key',
    message: `the key of a call of the limit ${name} is empty or too long.`,
    fix: 'pass the id of whom the limit counts: text of at most 300 characters with the name.',
  });
}
