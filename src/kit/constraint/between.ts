import { sql } from 'drizzle-orm';
import type { AnyPgColumn, CheckBuilder } from 'drizzle-orm/pg-core';
import type { Holding } from '../column.ts';
import { constraintCheck } from './constraint-check.ts';

/**
 * A number between two inclusive bounds.
 *
 * @example
 * const ratings = pgTable('ratings', { id: id(), stars: integer('stars').notNull() }, (t) => [
 *   between(t.stars, 1, 5),
 * ]);
 */
export function between<Column extends AnyPgColumn>(
  column: Column & Holding<Column, number>,
  min: number,
  max: number,
  options: { readonly name?: string } = {},
): CheckBuilder {
  return constraintCheck(
    column,
    { kind: 'between', min, max },
    sql`${column} between ${min} and ${max}`,
    options.name,
  );
}

/**
 * A number with an inclusive lower bound.
 *
 * @example
 * const parcels = pgTable('parcels', { id: id(), grams: integer('grams').notNull() }, (t) => [
 *   atLeast(t.grams, 1),
 * ]);
 */
export function atLeast<Column extends AnyPgColumn>(
  column: Column & Holding<Column, number>,
  min: number,
  options: { readonly name?: string } = {},
): CheckBuilder {
  return constraintCheck(column, { kind: 'between', min }, sql`${column} >= ${min}`, options.name);
}
