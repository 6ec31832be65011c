import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';

/** The TypeScript names of the columns of a table's primary key. */
export function readKey(table: PgTable): readonly string[] {
  const composite = new Set(
    getTableConfig(table).primaryKeys.flatMap((key) => key.columns.map((column) => column.name)),
  );
  return Object.entries(getTableColumns(table))
    .filter(([, column]) => column.primary || composite.has(column.name))
    .map(([key]) => key);
}
