import { is, SQL } from 'drizzle-orm';
import type { IndexedColumn } from 'drizzle-orm/pg-core';
import type { IndexColumn, TableIndex } from '../../model/table-index.ts';
import { includedIn } from '../../kit/mark.ts';
import { defaultOperatorClass } from './default-operator-class.ts';
import { keptName } from '../../model/kept-name.ts';
import type { DrizzleNames } from './drizzle-names.ts';
import { readColumnType } from '../../kit/read-column-type.ts';
import type { TableConfig } from './read-keys.ts';

type DrizzleIndex = TableConfig['indexes'][number]['config'];

/** The indexes of a table. */
export function readIndexes(
  { name: table, indexes, columns: ofTable }: TableConfig,
  names: DrizzleNames,
): readonly TableIndex[] {
  return indexes.map(({ config }) => ({
    ...keptName(config.name ?? defaultName(table, config, names)),
    ...names.hasParameters(config.where),
    ...(config.name === undefined &&
      config.columns.some((column) => is(column, SQL)) && { unnamed: true }),
    unique: config.unique ?? false,
    method: config.method ?? 'btree',
    columns: config.columns.map((column) => {
      const key = readIndexColumn(column, names);
      return withoutDefault(key, config.method ?? 'btree', ofTable, names);
    }),
    included: includedIn(config).map((column) => names.column(column)),
    ...(config.where && { where: names.sql(config.where) }),
    nullsNotDistinct: false,
    with: Object.fromEntries(
      Object.entries(config.with ?? {}).flatMap(([key, value]) =>
        // The kit's parameter for the included columns.
        key === 'include' ? [] : [[key, String(value)]],
      ),
    ),
  }));
}

/** drizzle-kit's default name; an index on an expression must be named. */
function defaultName(table: string, { columns }: DrizzleIndex, names: DrizzleNames): string {
  const parts = columns.map((column) => (is(column, SQL) ? '' : names.column(asColumn(column))));
  return `${table}_${parts.join('_')}_index`;
}

function readIndexColumn(
  column: DrizzleIndex['columns'][number],
  names: DrizzleNames,
): IndexColumn {
  if (is(column, SQL)) return readSql(names.indexSql(column));
  const { indexConfig, ...named } = asColumn(column);
  const { order, nulls, opClass } = indexConfig;
  return {
    column: names.column(named),
    ...(opClass !== undefined && { opclass: opClass }),
    order: order ?? 'asc',
    nulls: nulls ?? (order === 'desc' ? 'first' : 'last'),
    ...(opClass !== undefined && (order === 'desc' || nulls === 'first') && { orderLost: true }),
  };
}

/** An operator class that the key would have anyway is left out. */
function withoutDefault(
  key: IndexColumn,
  method: string,
  columns: TableConfig['columns'],
  names: DrizzleNames,
): IndexColumn {
  if (!('column' in key) || key.opclass === undefined) return key;
  const column = columns.find((one) => names.column(one) === key.column);
  if (!column || defaultOperatorClass(readColumnType(column), method) !== key.opclass) return key;
  const { opclass: _, ...rest } = key;
  return rest;
}

interface OrderedColumn {
  readonly name: string;
  readonly keyAsName: boolean;
  readonly indexConfig: Partial<IndexedColumn['indexConfig']>;
}

/** Drizzle's type of an index column lacks properties that exist at run time. */
const asColumn = (column: DrizzleIndex['columns'][number]): OrderedColumn =>
  column as unknown as OrderedColumn;

const ORDER = /(?<order>\s+(?:asc|desc))?(?<nulls>\s+nulls\s+(?:first|last))?\s*$/i;
/** A column with an operator class, which Drizzle does not support. */
const COLUMN = /^"(?<name>(?:[^"]|"")+)"(?:\s+(?<opclass>[a-z_][a-z0-9_]*))?$/;

/** Index SQL may be a plain column with options after it. */
function readSql(sql: string): IndexColumn {
  const { order, nulls } = ORDER.exec(sql)?.groups ?? {};
  const descends = order?.trim().toLowerCase() === 'desc';
  const last = nulls === undefined ? !descends : /last/i.test(nulls);
  const expression = sql.replace(ORDER, '').trim();
  const { name, opclass } = COLUMN.exec(expression)?.groups ?? {};
  return {
    ...(name === undefined ? { expression } : { column: name.replaceAll('""', '"') }),
    ...(opclass !== undefined && { opclass }),
    order: descends ? 'desc' : 'asc',
    nulls: last ? 'last' : 'first',
  };
}
