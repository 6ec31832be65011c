import type { PgTable } from 'drizzle-orm/pg-core';
import type { AnyRow } from './input.ts';
import type { TableInfo } from './table-info.ts';

/** Drizzle exports no function that sets the columns of a table. */
const COLUMNS: unique symbol = Symbol.for('drizzle:Columns') as never;

/**
 * The table as an INSERT of these rows needs it. Drizzle names every column of the table, with
 * DEFAULT for those without a value, and Postgres refuses a server-only column then, because the
 * role may not write it.
 */
export function insertable({ table, columns }: TableInfo, rows: readonly AnyRow[]): PgTable {
  const given = new Set(rows.flatMap((row) => Object.keys(row)));
  const named = Object.entries(columns).filter(
    ([name, column]) =>
      given.has(name) || column.defaultFn !== undefined || column.onUpdateFn !== undefined,
  );
  return Object.create(table, { [COLUMNS]: { value: Object.fromEntries(named) } }) as PgTable;
}
