import { sql } from 'drizzle-orm';
import type { AnyPgColumn, CheckBuilder } from 'drizzle-orm/pg-core';
import { VISIBLE } from '../../model/values/blank.ts';
import type { Holding } from '../column.ts';
import { constraintCheck } from './constraint-check.ts';

/** Limits of a text array. */
export interface TextItemsOptions {
  /** Maximum number of elements. */
  readonly maxItems: number;
  /** Maximum number of characters (code points) of each element. */
  readonly maxLength: number;
  /** Name of the CHECK, instead of the default. */
  readonly name?: string;
}

/**
 * A text array of one dimension with a limited number of elements. No element is NULL,
 * blank or too long.
 *
 * The CHECK calls only immutable functions of Postgres. A CHECK cannot contain a subquery,
 * so a cast to `varchar(n)[]` cuts each element to its maximum length, and a JSON path
 * tests each element against the pattern for visible text.
 *
 * @example
 * const notes = pgTable('notes', { id: id(), tags: text('tags').array().notNull() }, (t) => [
 *   textItems(t.tags, { maxItems: 20, maxLength: 64 }),
 * ]);
 */
export function textItems<Column extends AnyPgColumn>(
  column: Column & Holding<Column, readonly string[]>,
  options: TextItemsOptions,
): CheckBuilder {
  const { maxItems, maxLength, name } = options;
  const blank = sql.raw(`'$.* ? (!(@ like_regex ${JSON.stringify(VISIBLE)}))'`);
  const limit = sql.raw(`varchar(${maxLength})[]`);
  return constraintCheck(
    column,
    { kind: 'textItems', maxItems, maxLength },
    // A CASE, because array_position() and jsonb_object() fail for arrays that the earlier
    // conditions refuse.
    sql`case when coalesce(array_ndims(${column}), 1) = 1 and coalesce(array_lower(${column}, 1), 1) = 1 and cardinality(${column}) <= ${maxItems} and array_position(${column}, null) is null and (${column}::${limit})::text[] = ${column} then not jsonb_path_exists(jsonb_object(${column}, ${column}), ${blank}) else ${column} is null end`,
    name,
  );
}
