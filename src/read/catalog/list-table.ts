import type { Column } from '../../model/column.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { ForeignKey } from '../../model/foreign-key.ts';
import { sqlType } from '../../model/sql-type.ts';
import type { TableIndex } from '../../model/table-index.ts';
import { qualifiedName } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { Unique } from '../../model/unique.ts';
import type { ObjectKind, Properties, SchemaObject } from './schema-object.ts';

type Content = Omit<SchemaObject, 'kind' | 'object' | 'within'>;

/** A table with its columns, constraints and indexes. */
export function listTable(table: Table): readonly SchemaObject[] {
  const within = qualifiedName(table);
  const inside = (kind: ObjectKind, name: string, content: Content): SchemaObject => ({
    kind,
    object: qualifiedName(table, name),
    within,
    ...content,
  });
  const { primaryKey } = table;
  const { enabled, forced } = table.rowSecurity;
  return [
    {
      kind: 'table',
      object: within,
      properties: {
        rowSecurity: { enabled, forced },
        ...(table.partition && { partitionedBy: table.partition.column }),
      },
      ...documented(table),
    },
    ...table.columns.map((column) => inside('column', column.name, columnContent(table, column))),
    ...(primaryKey
      ? [inside('primary key', primaryKey.name, { properties: { columns: primaryKey.columns } })]
      : []),
    ...table.uniques.map((unique) => inside('unique', unique.name, { properties: kept(unique) })),
    ...table.foreignKeys.map((key) => inside('foreign key', key.name, { properties: kept(key) })),
    ...table.indexes.map((index) => inside('index', index.name, indexContent(index))),
    ...table.checks.map(({ name, sql, notValid, notEnforced }) =>
      inside('check', name, {
        properties: { ...(notValid && { notValid }), ...(notEnforced && { notEnforced }) },
        sql: { sql },
      }),
    ),
    ...table.exclusions.map(({ name, sql }) =>
      inside('exclusion', name, { properties: {}, sql: { sql } }),
    ),
  ];
}

function columnContent({ primaryKey }: Table, column: Column): Content {
  const { name, type, notNull, generated, identity } = column;
  return {
    properties: {
      type: sqlType(withoutWords(type)),
      // The columns of a primary key are NOT NULL even if not declared so.
      notNull: notNull || (primaryKey?.columns.includes(name) ?? false),
      filled: column.default === 'database',
      ...(generated && { generated }),
      ...(identity && { identity }),
    },
    sql: { default: column.defaultSql, generatedAs: column.generatedSql },
    ...documented(column),
  };
}

const documented = ({ doc }: { readonly doc?: string }): { readonly doc?: string } =>
  doc === undefined ? {} : { doc };

/** Without the name, which identifies the constraint. */
function kept(constraint: Unique | ForeignKey): Properties {
  const { name: _, cutFrom: __, ...properties } = constraint;
  return properties;
}

/** Removes the values of enum types, because enums are compared separately. */
function withoutWords(type: ColumnType): ColumnType {
  if (type.kind === 'array') return { kind: 'array', of: withoutWords(type.of) };
  return type.kind === 'enum' ? { ...type, values: [] } : type;
}

function indexContent(index: TableIndex): Content {
  const {
    name: _,
    cutFrom: __,
    hasParameters: ___,
    where,
    columns: written,
    ...properties
  } = index;
  const columns = written.map((column) => {
    const { orderLost: ____, ...rest } = column;
    return rest;
  });
  return {
    properties: {
      ...properties,
      columns: columns.map((column) =>
        'expression' in column ? { ...column, expression: true } : column,
      ),
    },
    sql: {
      where,
      ...Object.fromEntries(
        columns.flatMap((column, at) =>
          'expression' in column ? [[`columns[${at}]`, column.expression]] : [],
        ),
      ),
    },
  };
}
