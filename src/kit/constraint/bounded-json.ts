import { sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn, CheckBuilder } from 'drizzle-orm/pg-core';
import type { JsonBounds } from '../../model/constraint.ts';
import { constraintCheck } from './constraint-check.ts';

/** Limits of a JSON column, and the name of the CHECK, instead of the default. */
export interface BoundedJsonOptions extends JsonBounds {
  readonly name?: string;
}

/** Numbers beyond it are Infinity in JavaScript. */
const MAX = sql.raw(String(Number.MAX_VALUE));

/**
 * `jsonb` of limited size and depth, optionally an object or an array at the top level.
 * `maxBytes` counts the value's text in Postgres, with a space after each colon and comma.
 * Numbers that JavaScript reads as Infinity are refused.
 *
 * Narrow the values further with a Zod schema: `insertSchema(notes, { data: z.object({ … }) })`.
 *
 * @example
 * const notes = pgTable('notes', { id: id(), data: jsonb('data').notNull() }, (t) => [
 *   boundedJson(t.data, { shape: 'object', maxBytes: 16_384, maxDepth: 8 }),
 * ]);
 */
export function boundedJson(column: AnyPgColumn, options: BoundedJsonOptions): CheckBuilder {
  const { shape, maxBytes, maxDepth, name } = options;
  // The size comes first, so that the paths only walk small values.
  const conditions: readonly SQL[] = [
    ...(shape ? [sql`jsonb_typeof(${column}) = ${shape}`] : []),
    sql`octet_length(${column}::text) <= ${maxBytes}`,
    sql`not jsonb_path_exists(${column}, ${sql.raw(`'$.**{${maxDepth + 1} to last}'`)})`,
    sql`not jsonb_path_exists(${column}, '$.** ? (@ > ${MAX} || @ < -${MAX})')`,
  ];
  return constraintCheck(
    column,
    { kind: 'json', ...(shape && { shape }), maxBytes, maxDepth },
    sql.join([...conditions], sql` and `),
    name,
  );
}
