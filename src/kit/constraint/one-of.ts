import { sql } from 'drizzle-orm';
import type { AnyPgColumn, CheckBuilder } from 'drizzle-orm/pg-core';
import { ProblemError } from '../../report/problem.ts';
import { realColumn, type Holding } from '../column.ts';
import { objectOf } from '../object-of.ts';
import { constraintCheck } from './constraint-check.ts';
import { textLiteral } from './text-literal.ts';

/**
 * The column holds one of the values of its enumeration. To add a value, add it to
 * the list and generate a migration.
 *
 * @example
 * const jobs = pgTable(
 *   'jobs',
 *   { id: id(), state: enumeration('state', ['open', 'done']).notNull() },
 *   (t) => [oneOf(t.state)],
 * );
 */
export function oneOf<Column extends AnyPgColumn>(
  column: Column & Holding<Column, string>,
  options: { readonly name?: string } = {},
): CheckBuilder {
  const { enumValues: values } = realColumn(column);
  if (!values?.length) {
    throw new ProblemError({
      code: 'kit/no-values',
      message: `oneOf() needs a column with a list of values; "${column.name}" has none.`,
      object: objectOf(column),
      fix: `declare it with enumeration('${column.name}', ['first', 'second']).`,
    });
  }
  const list = sql.join(values.map(textLiteral), sql`, `);
  return constraintCheck(
    column,
    { kind: 'oneOf', values },
    sql`${column} in (${list})`,
    options.name,
  );
}
