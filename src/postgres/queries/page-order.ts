import { getTableName, sql, type Column, type SQL } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { ProblemError } from '../../report/problem.ts';

/** One column of the order of pages. */
export interface PageOrder {
  readonly column: PgColumn;
  /** Default: `asc`. */
  readonly direction?: 'asc' | 'desc';
  /** Default: as in Postgres, last for `asc` and first for `desc`. */
  readonly nulls?: 'first' | 'last';
}

/** An order with its defaults. */
export interface OrderColumn {
  readonly column: PgColumn;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export function orderColumns(query: string, order: readonly PageOrder[]): readonly OrderColumn[] {
  refuseOrder(query, order);
  return order.map(({ column, direction = 'asc', nulls }) => ({
    column,
    descending: direction === 'desc',
    nullsFirst: nulls === undefined ? direction === 'desc' : nulls === 'first',
  }));
}

export const orderBy = (order: readonly OrderColumn[]): readonly SQL[] =>
  order.map(({ column, descending, nullsFirst }) => {
    const isDefault = column.notNull || nullsFirst === descending;
    const nulls = isDefault ? '' : ` nulls ${nullsFirst ? 'first' : 'last'}`;
    return sql`${column}${sql.raw(` ${descending ? 'desc' : 'asc'}${nulls}`)}`;
  });

/** Without a unique column at the end, rows that tie would be skipped or repeated. */
function refuseOrder(query: string, order: readonly PageOrder[]): void {
  const fail = (message: string, fix: string): ProblemError =>
    new ProblemError({ code: 'queries/order', message: `the pages of ${query} ${message}.`, fix });
  const names = order.map(({ column }) => column.name);
  const [first] = order;
  if (!first) throw fail('have no order', 'name its columns: order: [{ column: t.id }].');
  const { table } = first.column;
  const lossy = order.find(({ column }) => isLossy(column));
  if (lossy) {
    throw fail(
      `are ordered by ${lossy.column.name}, whose microseconds a Date loses`,
      'use a precision of at most 3, as instant() does, or mode string.',
    );
  }
  if (!uniqueSets(table as PgTable).some((set) => set.every((name) => names.includes(name)))) {
    throw fail(
      `are ordered by ${names.join(', ')}, which is not unique in ${getTableName(table)}`,
      'add the primary key at the end.',
    );
  }
}

const isLossy = (column: Column & { readonly precision?: number | undefined }): boolean =>
  column.columnType === 'PgTimestamp' && (column.precision ?? 6) > 3;

/** The sets of NOT NULL columns that identify a row. */
function uniqueSets(table: PgTable): readonly (readonly string[])[] {
  const { columns, primaryKeys, uniqueConstraints } = getTableConfig(table);
  const single = columns.filter((column) => column.primary || (column.isUnique && column.notNull));
  const several = uniqueConstraints.filter((one) => one.columns.every(({ notNull }) => notNull));
  return [
    ...single.map(({ name }) => [name]),
    ...[...primaryKeys, ...several].map((key) => key.columns.map(({ name }) => name)),
  ];
}
