import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../report/problem.ts';

const BYTES = 32;
/** 256 bits in base64url. */
const RANDOM_LENGTH = 43;
/** 36 of 256 bits, which help nobody to guess the rest. */
const VISIBLE = 6;

/** A new token, and what the table stores of it. */
export interface NewToken {
  readonly token: string;
  readonly hash: string;
  readonly visible: string;
}

export function newToken(prefix: string): NewToken {
  const random = randomBytes(BYTES).toString('base64url');
  const token = `${prefix}_${random}`;
  return { token, hash: hashOf(token), visible: token.slice(0, prefix.length + 1 + VISIBLE) };
}

/** The hash of a text that has the form of a token; undefined for any other. */
export function hashOfToken(token: unknown, prefix: string): string | undefined {
  const isToken =
    typeof token === 'string' &&
    token.length === prefix.length + 1 + RANDOM_LENGTH &&
    token.startsWith(`${prefix}_`) &&
    /^[A-Za-z0-9_-]+$/.test(token);
  return isToken ? hashOf(token) : undefined;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Compares in constant time. */
export function isSameHash(one: unknown, other: string): boolean {
  const [a, b] = [Buffer.from(String(one)), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Refuses a prefix that could not be told from the random part, and times that are no duration. */
export function refuseTokenSettings(
  prefix: string,
  durations: readonly (number | undefined)[],
): void {
  if (!/^[a-z][a-z0-9]{1,15}$/.test(prefix)) {
    throw new ProblemError({
      code: 'secrets/token-prefix',
      message: `${JSON.stringify(prefix)} cannot be the prefix of a token.`,
      fix: "use 2 to 16 lower-case letters and digits, for example 'gdn'.",
    });
  }
  const wrong = durations.find(
    (one) => one !== undefined && !(Number.isSafeInteger(one) && one >= 0),
  );
  if (wrong === undefined) return;
  throw new ProblemError({
    code: 'secrets/token-duration',
    message: `${wrong} is not a number of milliseconds.`,
    fix: 'pass a whole number, for example 30 * 86_400_000 for 30 days.',
  });
}
