import { sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn, CheckBuilder } from 'drizzle-orm/pg-core';
import { realColumn, type Holding } from '../column.ts';
import { objectOf } from '../object-of.ts';
import { VISIBLE } from '../../model/values/blank.ts';
import { constraintCheck } from './constraint-check.ts';
import type { TextOptions } from './text-options.ts';
import { CONTROL } from '../../model/values/control.ts';
import { portablePattern } from './portable-pattern.ts';
import { textLiteral } from './text-literal.ts';

/**
 * Text with at least one visible character, so that " " is not a valid name.
 *
 * @example
 * const labels = pgTable('labels', { id: id(), name: sortedText('name').notNull() }, (t) => [
 *   notBlank(t.name, { max: 64 }),
 * ]);
 */
export function notBlank<Column extends AnyPgColumn>(
  column: Column & Holding<Column, string>,
  options: TextOptions = {},
): CheckBuilder {
  const { max } = options;
  return constraintCheck(
    column,
    { kind: 'notBlank', ...(max === undefined ? {} : { max }) },
    form(column, VISIBLE, max),
    options.name,
  );
}

/**
 * A name: text with at least one visible character and no control character (`\p{Cc}`:
 * U+0000 to U+001F, U+007F to U+009F), which a terminal would execute.
 *
 * @example
 * const labels = pgTable('labels', { id: id(), name: sortedText('name').notNull() }, (t) => [
 *   printable(t.name, { max: 64 }),
 * ]);
 */
export function printable<Column extends AnyPgColumn>(
  column: Column & Holding<Column, string>,
  options: TextOptions = {},
): CheckBuilder {
  const { max } = options;
  return constraintCheck(
    column,
    { kind: 'printable', ...(max === undefined ? {} : { max }) },
    sql`${form(column, VISIBLE, max)} and ${column} !~ ${CONTROL}`,
    options.name,
  );
}

/**
 * Text that matches a pattern. The pattern must mean the same in Postgres and in
 * JavaScript; any other pattern is refused, with the reason.
 *
 * @example
 * const pages = pgTable('pages', { id: id(), slug: sortedText('slug').notNull() }, (t) => [
 *   matches(t.slug, /^[a-z0-9]+(-[a-z0-9]+)*$/, { max: 64 }),
 * ]);
 */
export function matches<Column extends AnyPgColumn>(
  column: Column & Holding<Column, string>,
  regex: RegExp,
  options: TextOptions = {},
): CheckBuilder {
  const { max } = options;
  const pattern = portablePattern(regex, objectOf(column));
  return constraintCheck(
    column,
    { kind: 'text', pattern, ...(max === undefined ? {} : { max }) },
    form(column, pattern, max),
    options.name,
  );
}

/**
 * Text with a maximum number of characters. Set it on indexed text: Postgres
 * refuses index keys over 2,704 bytes, and only when such a row is written.
 *
 * @example
 * const pages = pgTable('pages', { id: id(), body: text('body').notNull() }, (t) => [
 *   maxLength(t.body, 10_000),
 * ]);
 */
export function maxLength<Column extends AnyPgColumn>(
  column: Column & Holding<Column, string>,
  max: number,
  options: Pick<TextOptions, 'name'> = {},
): CheckBuilder {
  return constraintCheck(
    column,
    { kind: 'text', max },
    sql`char_length(${column}) <= ${max}`,
    options.name,
  );
}

function form(column: AnyPgColumn, pattern: string, max: number | undefined): SQL {
  // A pattern sees the padding of a char(n), and char_length does not: cast to text for both.
  const isPadded = realColumn(column).columnType === 'PgChar';
  const matching = sql`${column}${isPadded ? sql`::text` : sql``} ~ ${textLiteral(pattern)}`;
  return max === undefined ? matching : sql`${matching} and char_length(${column}) <= ${max}`;
}
