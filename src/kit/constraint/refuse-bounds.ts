import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { ProblemError } from '../../report/problem.ts';
import { objectOf } from '../object-of.ts';
import type { Constraint } from '../../model/constraint.ts';

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
  const { max = 1 } = constraint;
  if (Number.isSafeInteger(max) && max > 0) return;
  throw wrongBounds(
    column,
    `${max} is not a valid maximum length of text.`,
    'pass a whole number of at least 1.',
  );
}

const wrongBounds = (column: AnyPgColumn, message: string, fix: string): ProblemError =>
  new ProblemError({ code: 'kit/wrong-bounds', message, object: objectOf(column), fix });
