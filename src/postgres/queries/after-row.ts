import { and, or, Param, sql, type SQL } from 'drizzle-orm';
import type { OrderColumn } from './page-order.ts';

/** Name of the placeholder for the value of an order column. */
export const afterName = (at: number): string => `after_${at}`;

/**
 * The condition of the rows after a row. `nulls` tells which of its values are NULL, because
 * the text of the condition depends on it.
 *
 * A row comparison is an index condition as a whole. Otherwise the bound of the first column
 * is repeated outside the OR, so that the index starts there.
 */
export function afterRow(order: readonly OrderColumn[], nulls: readonly boolean[]): SQL {
  const values = order.map(
    ({ column }, at) => sql`${new Param(sql.placeholder(afterName(at)), column)}`,
  );
  const [first] = order;
  const isRow = order.every(
    ({ column, descending }) => column.notNull && descending === first?.descending,
  );
  if (isRow) {
    const columns = sql.join(
      order.map(({ column }) => sql`${column}`),
      sql`, `,
    );
    return sql`(${columns}) ${sql.raw(first?.descending ? '<' : '>')} (${sql.join(values, sql`, `)})`;
  }
  const after = (at: number): SQL | undefined => {
    const one = order[at];
    const value = values[at];
    if (!one || !value) return undefined;
    const { column } = one;
    const rest = after(at + 1);
    const equal = nulls[at] ? sql`${column} is null` : sql`${column} = ${value}`;
    return or(beyond(one, value, nulls[at] ?? false), rest && and(equal, rest));
  };
  const bound =
    first && values[0] && !nulls[0] && (first.column.notNull || first.nullsFirst)
      ? sql`${first.column} ${sql.raw(first.descending ? '<=' : '>=')} ${values[0]}`
      : undefined;
  return and(bound, after(0)) ?? sql`false`;
}

/** The rows whose value of the column is after the value, alone. */
function beyond(
  { column, descending, nullsFirst }: OrderColumn,
  value: SQL,
  isNull: boolean,
): SQL | undefined {
  if (isNull) return nullsFirst ? sql`${column} is not null` : undefined;
  const compared = sql`${column} ${sql.raw(descending ? '<' : '>')} ${value}`;
  return column.notNull || nullsFirst ? compared : or(compared, sql`${column} is null`);
}
