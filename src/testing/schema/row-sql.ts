import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Column } from '../../model/column.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { isWritten } from '../../rows/draw-row.ts';
import type { Row } from '../../rows/row.ts';
import { valueText } from '../../rows/value-text.ts';

/** SQL expressions that replace values, by the names of columns in SQL. */
type Expressions = Readonly<Record<string, string>>;

export const tableSql = (table: Table): string => quoteName(schemaOf(table), table.name);

/** A value as an SQL literal, which the column's type parses. */
export function valueSql(value: unknown, { type }: Pick<Column, 'type'>): string {
  const text = valueText(value, type);
  return text === null ? 'null' : quoteText(text);
}

/** INSERT of a row, with the columns that it has. */
export function insertSql(table: Table, row: Row, expressions: Expressions = {}): string {
  const columns = table.columns.filter(
    (column) => isWritten(column) && (column.key in row || column.name in expressions),
  );
  if (columns.length === 0) return `insert into ${tableSql(table)} default values`;
  const values = columns.map(
    (column) => expressions[column.name] ?? valueSql(row[column.key], column),
  );
  return `insert into ${tableSql(table)} (${columns.map(({ name }) => quoteName(name)).join(', ')})
    overriding system value values (${values.join(', ')})`;
}

/** UPDATE of a row, which is identified by its values. */
export function updateSql(table: Table, row: Row, changes: Row): string {
  const sets = table.columns.flatMap((column) =>
    column.key in changes
      ? [`${quoteName(column.name)} = ${valueSql(changes[column.key], column)}`]
      : [],
  );
  return `update ${tableSql(table)} set ${sets.join(', ')} where ${rowCondition(table, row)}`;
}

export const deleteSql = (table: Table, row: Row): string =>
  `delete from ${tableSql(table)} where ${rowCondition(table, row)}`;

/** The condition that identifies a row: its key, or all other comparable columns. */
export function rowCondition(table: Table, row: Row, changing: readonly string[] = []): string {
  const key = table.primaryKey?.columns ?? [];
  const stable = (column: Column): boolean =>
    column.key in row && isWritten(column) && !column.touched && !changing.includes(column.name);
  const found = table.columns.filter(
    (column) => key.includes(column.name) && column.key in row && !changing.includes(column.name),
  );
  const columns =
    key.length > 0 && found.length === key.length
      ? found
      : table.columns.filter((column) => stable(column) && isComparable(column));
  if (columns.length === 0) return 'true';
  return columns
    .map(({ name, ...column }) => {
      const value = valueSql(row[column.key], column);
      return value === 'null' ? `${quoteName(name)} is null` : `${quoteName(name)} = ${value}`;
    })
    .join(' and ');
}

/** json, xml and geometry have no equality; a float may be read back differently. */
const isComparable = ({ type }: Column): boolean =>
  !['json', 'other', 'float', 'array'].includes(type.kind);
