import { getTableUniqueName } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import { ProblemError } from '../report/problem.ts';
import { amountText } from './check-amount.ts';
import { limitProblem } from './limit-problem.ts';
import { qualifiedName, quoted } from '../postgres/qualified-name.ts';
import { runStatement, type LimitDatabase } from './run-statement.ts';

/** What is left of a counter, as a decimal number, and whether it was decremented. */
export interface Decremented {
  readonly done: boolean;
  readonly left: string;
}

/**
 * Subtracts from a counter, unless it would fall below 0: of concurrent callers, only as many
 * succeed as the counter allows. Use it for remaining uses of a key, or places.
 *
 * @example
 * const invitations = pgTable('invitations', { id: id(), left: integer('left').notNull() });
 * const use = guardedDecrement(invitations.id, invitations.left);
 * const { done, left } = await use(db, newId());
 */
export function guardedDecrement(
  key: AnyPgColumn,
  counter: AnyPgColumn,
): (db: LimitDatabase, key: string, by?: string | number) => Promise<Decremented> {
  const table = key.table as PgTable;
  const column = quoted(counter.name);
  const isRow = `t.${quoted(key.name)} = $1::text::${key.getSQLType()}`;
  const text = `with done as (
  update ${qualifiedName(table)} t set ${column} = t.${column} - $2::text::numeric
  where ${isRow} and t.${column} >= $2::text::numeric
  returning t.${column} as left_over
)
select true as done, left_over::text from done
union all
select false, t.${column}::text from ${qualifiedName(table)} t
where ${isRow} and not exists (select from done)`;
  return async (db, value, by = 1) => {
    const parameters = [value, amountText(by)];
    const [row] = await runStatement(db, text, parameters).catch((error: unknown) => {
      throw limitProblem(error, getTableUniqueName(table));
    });
    if (!row) throw noRow(getTableUniqueName(table));
    return { done: row['done'] === true, left: String(row['left_over']) };
  };
}

const noRow = (table: string): ProblemError =>
  new ProblemError({
    code: 'limits/no-row',
    message: `${table} has no row with this key.`,
    fix: 'insert the row of the counter first.',
  });
