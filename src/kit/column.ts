import { getTableColumns, getTableName, type Column } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/**
 * Accepts a column whose data type is `Data`; the type error of any other column
 * names the expected type. Columns without a known type, as in the third argument
 * of Drizzle's own `pgTable`, are accepted.
 */
export type Holding<Column extends AnyPgColumn, Data> = unknown extends Column['_']['data']
  ? Column
  : [Column['_']['data']] extends [Data]
    ? Column
    : { readonly 'expected a column that holds': Data };

/**
 * The table's own column. A table's third argument receives a stand-in for indexes,
 * which has the name but lacks, for example, the enum values.
 */
export function realColumn(column: Column): Column {
  const own = Object.values(getTableColumns(column.table)).find(({ name }) => name === column.name);
  return own ?? column;
}

/** `table.column`, for messages. */
export function placeOf(column: Column): string {
  return `${getTableName(column.table)}.${column.name}`;
}
