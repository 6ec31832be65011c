import { zeroTypeOf } from '../model/zero-type.ts';
import type { Column } from '../model/column.ts';
import type { Schema } from '../model/schema.ts';
import { schemaOf } from '../model/table-id.ts';
import type { Table } from '../model/table.ts';

/**
 * The columns of a table that Zero replicates: the published ones, or by default all columns of
 * tables in `public`.
 */
export function syncedColumns({ published }: Schema, table: Table): readonly Column[] {
  const names = published?.[table.id];
  return table.columns.filter(
    ({ name, serverOnly }) =>
      !serverOnly &&
      (published === undefined ? schemaOf(table) === 'public' : (names?.includes(name) ?? false)),
  );
}

/** Tables with at least one replicated column. */
export const syncedTables = (schema: Schema): readonly Table[] =>
  schema.tables.filter((table) => syncedColumns(schema, table).length > 0);

/** Whether Zero can compare the values of a column, which it needs for keys. */
export function isComparable({ type }: Column): boolean {
  const value = zeroTypeOf(type);
  return value !== undefined && value.type !== 'json';
}
