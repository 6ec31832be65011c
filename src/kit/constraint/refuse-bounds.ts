import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { ProblemError } from '../../report/problem.ts';
import { objectOf } from '../object-of.ts';
import type { Constraint } from '../../model/constraint.ts';
import { refuseColumn } from './refuse-column.ts';

/**
 * Refuses bounds that no value satisfies. In a migration, NaN and Infinity would
 * read as column names, and only the database would report the error.
 */
export function refuseBounds(column: AnyPgColumn, constraint: Constraint): void {
  if (constraint.kind === 'oneOf') return;
  if (constraint.kind === 'between') {
    const { min, max = min } = constraint;
    const bounds = [min, max].filter((bound) => bound !== undefined);
    if (bounds.every(Number.isFinite) && !(min! > max!)) return;
    throw wrongBounds(
      column,
      `no number is within the bounds ${[...new Set(bounds)].join(' and ')}.`,
      'pass finite numbers, the smaller first.',
    );
  }
  if (constraint.kind === 'textItems' || constraint.kind === 'json') {
    refuseColumn(column, constraint);
    refuseLimits(column, constraint);
    return;
  }
  const { max = 1 } = constraint;
  if (Number.isSafeInteger(max) && max > 0) return;
  throw wrongBounds(
    column,
    `${max} is not a valid maximum length of text.`,
    'pass a whole number of at least 1.',
  );
}

/** Inclusive bounds of each limit. */
const LIMITS = {
  maxItems: [1, 100_000],
  // The longest varchar(n).
  maxLength: [1, 10_485_760],
  // The shortest value with a key, and the longest string of jsonb.
  maxBytes: [16, 2 ** 28 - 1],
  // Deeper values overflow the stack of JavaScript or Postgres, at different depths.
  maxDepth: [1, 1000],
} as const;

function refuseLimits(
  column: AnyPgColumn,
  limits: Extract<Constraint, { kind: 'textItems' | 'json' }>,
): void {
  for (const [name, [least, most]] of Object.entries(LIMITS)) {
    if (!(name in LIMITS_OF[limits.kind])) continue;
    const value: unknown = Reflect.get(limits, name);
    if (Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most) continue;
    throw wrongBounds(
      column,
      `${String(value)} is not a valid ${name}.`,
      `pass a whole number from ${least} to ${most}.`,
    );
  }
}

const LIMITS_OF = {
  textItems: { maxItems: true, maxLength: true },
  json: { maxBytes: true, maxDepth: true },
} as const;

const wrongBounds = (column: AnyPgColumn, message: string, fix: string): ProblemError =>
  new ProblemError({ code: 'kit/wrong-bounds', message, object: objectOf(column), fix });
