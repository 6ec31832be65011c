import type { ColumnType } from '../../src/model/column-type.ts';
import type { Relation, Schema } from '../../src/model/schema.ts';
import type { Column } from '../../src/model/column.ts';
import { tableId } from '../../src/model/table-id.ts';
import type { Table } from '../../src/model/table.ts';

const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A column as the reader returns it, for tests that start from the model. */
export function column(key: string, type: ColumnType, rest: Partial<Column> = {}): Column {
  return {
    name: snakeCase(key),
    key,
    type,
    notNull: true,
    serverOnly: false,
    touched: false,
    ...rest,
  };
}

export const uuid = (key: string, rest?: Partial<Column>): Column =>
  column(key, { kind: 'uuid' }, rest);
export const text = (key: string, rest?: Partial<Column>): Column =>
  column(key, { kind: 'text' }, rest);

/** A table with keys as lists of columns, for tests. */
export interface MadeTable extends Partial<Omit<Table, 'primaryKey' | 'uniques'>> {
  /** The columns of the primary key, by their names in TypeScript; `[]` for none. */
  readonly primaryKey?: readonly string[];
  /** The columns of each unique constraint, by their names in TypeScript. */
  readonly uniques?: readonly (readonly string[])[];
}

/** A table whose primary key is its first column. */
export function table(
  exportName: string,
  columns: readonly Column[],
  { primaryKey = columns.slice(0, 1).map(({ key }) => key), uniques = [], ...rest }: MadeTable = {},
): Table {
  const name = rest.name ?? snakeCase(exportName);
  return {
    id: tableId(rest.schema, name),
    name,
    exportName,
    columns,
    ...keys({ name, columns }, { primaryKey, uniques }),
    foreignKeys: [],
    indexes: [],
    checks: [],
    exclusions: [],
    rowSecurity: { enabled: false, forced: false },
    ...rest,
  };
}

/** The table with other keys; omitted fields are unchanged. */
export function withKeys(
  made: Table,
  { primaryKey, uniques }: Pick<MadeTable, 'primaryKey' | 'uniques'>,
): Table {
  const other = keys(made, { primaryKey: primaryKey ?? [], uniques: uniques ?? [] });
  return {
    ...made,
    ...(primaryKey && { primaryKey: other.primaryKey }),
    ...(uniques && { uniques: other.uniques }),
  } as Table;
}

function keys(
  { name, columns }: Pick<Table, 'name' | 'columns'>,
  { primaryKey, uniques }: Required<Pick<MadeTable, 'primaryKey' | 'uniques'>>,
): Pick<Table, 'primaryKey' | 'uniques'> {
  const named = (key: string): string => columns.find((column) => column.key === key)?.name ?? key;
  return {
    ...(primaryKey.length > 0 && {
      primaryKey: { name: `${name}_pkey`, columns: primaryKey.map(named) },
    }),
    uniques: uniques.map((unique, at) => ({
      name: `${name}_${at}_unique`,
      columns: unique.map(named),
      nullsNotDistinct: false,
    })),
  };
}

/** `notes.author: one(users.id) by authorId`, with both sides resolved. */
export function relation(
  path: `${string}.${string}`,
  cardinality: 'one' | 'many',
  own: string,
  other: `${string}.${string}`,
): Relation {
  const [from = '', name = ''] = path.split('.');
  const [to = '', references = ''] = other.split('.');
  return { name, cardinality, from, to, fields: own.split('+'), references: references.split('+') };
}

export const schema = (
  tables: readonly Table[],
  relations: readonly Relation[] = [],
  views: Schema['views'] = [],
): Schema => ({
  tables,
  relations,
  views,
  enums: [],
  sequences: [],
  policies: [],
  roles: [],
  extensions: [],
  companion: [],
});
