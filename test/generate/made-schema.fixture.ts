import type { ColumnType } from '../../src/model/column-type.ts';
import type { Relation, Schema } from '../../src/model/schema.ts';
import type { Column, Table } from '../../src/model/table.ts';

/** A column as the reader gives it, for tests that begin with the model. */
export function column(key: string, type: ColumnType, rest: Partial<Column> = {}): Column {
  return {
    name: key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
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

/** A table whose primary key is its first column. */
export function table(
  exportName: string,
  columns: readonly Column[],
  rest: Partial<Table> = {},
): Table {
  return {
    name: exportName.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    exportName,
    columns,
    primaryKey: columns.slice(0, 1).map(({ key }) => key),
    uniques: [],
    ...rest,
  };
}

/** `notes.author: one(users.id) by authorId`, both ends settled. */
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
): Schema => ({ tables, relations, views });
