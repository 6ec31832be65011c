import type { TableIndex } from '../../model/table-index.ts';
import { givenSchema, tableId } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { catalogColumn } from './catalog-column.ts';
import {
  catalogCheck,
  catalogExclusion,
  catalogForeignKey,
  catalogUnique,
} from './catalog-constraint.ts';
import type { CatalogRows, ColumnRow, ConstraintRow, IndexRow } from './catalog-rows.ts';
import { storageOptions } from './storage-options.ts';

/** The rows that belong to tables, by the oids of the tables. */
export interface RowsByTable {
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>;
  readonly constraints: ReadonlyMap<string, readonly ConstraintRow[]>;
  readonly indexes: ReadonlyMap<string, readonly IndexRow[]>;
}

export const rowsByTable = ({ columns, constraints, indexes }: CatalogRows): RowsByTable => ({
  columns: Map.groupBy(columns, ({ table }) => table),
  constraints: Map.groupBy(constraints, ({ table }) => table),
  indexes: Map.groupBy(indexes, ({ table }) => table),
});

/** A table with its columns, constraints and indexes. */
export function catalogTable(row: CatalogRows['tables'][number], rows: RowsByTable): Table {
  const { oid, schema, name, enabled, forced, doc, readers, partition_column: column } = row;
  const id = tableId(schema, name);
  const constraints = rows.constraints.get(oid) ?? [];
  const ofType = (type: ConstraintRow['type']): readonly ConstraintRow[] =>
    constraints.filter((one) => one.type === type);
  const [primaryKey] = ofType('p');
  return {
    id,
    name,
    ...givenSchema(schema),
    exportName: id,
    ...(doc !== null && { doc }),
    columns: (rows.columns.get(oid) ?? []).map(catalogColumn),
    ...(primaryKey && { primaryKey: { name: primaryKey.name, columns: primaryKey.columns } }),
    uniques: ofType('u').map(catalogUnique),
    foreignKeys: ofType('f').map(catalogForeignKey),
    indexes: (rows.indexes.get(oid) ?? []).map(catalogIndex),
    checks: ofType('c').map(catalogCheck),
    exclusions: ofType('x').map(catalogExclusion),
    rowSecurity: { enabled, forced },
    ...(column !== null && { partition: { column } }),
    ...(readers !== null && { readers }),
  };
}

function catalogIndex(row: IndexRow): TableIndex {
  const { name, unique, method, included, where, valid } = row;
  return {
    name,
    unique,
    method,
    columns: row.columns.map(({ column, expression, opclass, collation, ...order }) => ({
      ...(column === null ? { expression: expression ?? '' } : { column }),
      ...(opclass !== null && { opclass }),
      ...(collation !== null && { collation }),
      order: order.descending ? 'desc' : 'asc',
      nulls: order.nulls_first ? 'first' : 'last',
    })),
    included,
    ...(where !== null && { where }),
    nullsNotDistinct: row.nulls_not_distinct,
    with: storageOptions(row.options),
    ...(!valid && { invalid: true }),
  };
}
