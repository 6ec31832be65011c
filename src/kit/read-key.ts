import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';

/** The TypeScript names of a table's primary key columns, in the order of the key. */
export function readKey(table: PgTable): readonly string[] {
  const columns = Object.entries(getTableColumns(table));
  const [composite] = getTableConfig(table).primaryKeys;
  if (!composite) return columns.flatMap(([key, { primary }]) => (primary ? [key] : []));
  const keys = new Map(columns.map(([key, { name }]) => [name, key]));
  return composite.columns.flatMap(({ name }) => keys.get(name) ?? []);
}
