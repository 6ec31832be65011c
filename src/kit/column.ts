import { getTableColumns, getTableName, type Column } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/**
 * Accepts a column that holds `Data`, and shows what it wanted where it does not.
 * A column whose type Drizzle has forgotten (in the third argument of Drizzle's
 * own `pgTable`) passes.
 */
export type Holding<Column extends AnyPgColumn, Data> = unknown extends Column['_']['data']
  ? Column
  : [Column['_']['data']] extends [Data]
    ? Column
    : { readonly 'expected a column that holds': Data };

/**
 * The table's own column. In a table's third argument Drizzle gives a stand-in
 * for indexes, which knows the name but not, for example, the list of words.
 */
export function realColumn(column: Column): Column {
  const own = Object.values(getTableColumns(column.table)).find(({ name }) => name === column.name);
  return own ?? column;
}

/** `table.column`, for messages. */
export function placeOf(column: Column): string {
  return `${getTableName(column.table)}.${column.name}`;
}
