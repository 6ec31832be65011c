import { getTableName, getTableUniqueName, type Table } from 'drizzle-orm';
import type { ForeignKey } from '../../model/foreign-key.ts';
import { tableId } from '../../model/table-id.ts';
import { keptName } from '../../model/kept-name.ts';
import type { DrizzleNames } from './drizzle-names.ts';
import type { TableConfig } from './read-keys.ts';

/** The foreign keys of a table, and the errors of those that cannot be read. */
export function readForeignKeys(
  config: TableConfig,
  names: DrizzleNames,
): { readonly foreignKeys: readonly ForeignKey[]; readonly broken: readonly unknown[] } {
  const foreignKeys: ForeignKey[] = [];
  const broken: unknown[] = [];
  for (const foreignKey of config.foreignKeys) {
    try {
      foreignKeys.push(readForeignKey(foreignKey, names));
    } catch (error) {
      // The function that returns the target runs only now, and may fail.
      broken.push(error);
    }
  }
  return { foreignKeys, broken };
}

function readForeignKey(
  foreignKey: TableConfig['foreignKeys'][number],
  names: DrizzleNames,
): ForeignKey {
  const { columns, foreignColumns, foreignTable } = foreignKey.reference();
  return {
    ...keptName(names.renamed(foreignKey.getName(), [...columns, ...foreignColumns])),
    columns: columns.map(names.column),
    references: {
      table: idOf(foreignTable),
      columns: foreignColumns.map(names.column),
    },
    onUpdate: foreignKey.onUpdate ?? 'no action',
    onDelete: foreignKey.onDelete ?? 'no action',
  };
}

/** The id of a Drizzle table. */
export function idOf(table: Table): string {
  const name = getTableName(table);
  return tableId(getTableUniqueName(table).slice(0, -name.length - 1), name);
}
