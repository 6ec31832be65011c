import { getTableColumns, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { markOf } from '../kit/mark.ts';
import type { Column, Table } from '../model/table.ts';
import { readColumnType } from './read-column-type.ts';
import { readKey } from './read-key.ts';
import type { Docs } from './read-docs.ts';

/**
 * The tables among the exports of a schema, by name. Their order does not depend
 * on that of the exports.
 */
export function readTables(exports: Record<string, unknown>, docs: Docs): readonly Table[] {
  return Object.entries(exports)
    .flatMap(([exportName, value]) =>
      is(value, PgTable) ? [readTable(exportName, value, docs)] : [],
    )
    .sort((a, b) => (qualified(a) < qualified(b) ? -1 : 1));
}

function readTable(exportName: string, table: PgTable, docs: Docs): Table {
  const { name, schema } = getTableConfig(table);
  const own = docs.get(name);
  return {
    name,
    ...(schema === undefined ? {} : { schema }),
    exportName,
    ...(own?.doc === undefined ? {} : { doc: own.doc }),
    primaryKey: readKey(table),
    uniques: [],
    columns: Object.entries(getTableColumns(table)).map(([key, column]): Column => {
      const doc = own?.columns.get(key);
      return {
        name: column.name,
        key,
        type: readColumnType(column),
        notNull: column.notNull,
        serverOnly: markOf(column, 'serverOnly') ?? false,
        touched: markOf(column, 'touched') ?? false,
        ...(doc === undefined ? {} : { doc }),
      };
    }),
  };
}

const qualified = (table: Table): string => `${table.schema ?? 'public'}.${table.name}`;
