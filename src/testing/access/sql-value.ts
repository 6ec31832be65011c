import type { Scalar } from '../../model/rule.ts';
import { splitTableId } from '../../model/table-id.ts';
import type { Row, Value, WorldColumn, WorldTable } from './world.ts';

/** The column types of the scalars, in tables that the comparison creates. */
const SQL_TYPES: Readonly<Record<Scalar, string>> = {
  uuid: 'uuid',
  // Other collations order text by the rules of a language.
  text: 'text collate "C"',
  integer: 'bigint',
  boolean: 'boolean',
  moment: 'timestamptz(3)',
  enum: 'text',
};

export const columnType = ({ type, enum: own }: WorldColumn): string =>
  own ? sqlName(own.name) : SQL_TYPES[type];

/** Recreates the enums of a table's columns; columns with these types are dropped. */
export const createEnums = ({ columns }: WorldTable): readonly string[] =>
  Object.values(columns).flatMap(({ enum: own }) =>
    own
      ? [
          `drop type if exists ${sqlName(own.name)} cascade`,
          `create type ${sqlName(own.name)} as enum (${own.labels.map(sqlText).join(', ')})`,
        ]
      : [],
  );

/** A quoted name. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export function sqlTable(table: string): string {
  const { schema, name } = splitTableId(table);
  return `${sqlName(schema)}.${sqlName(name)}`;
}

export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A cell as text, which the column's type parses. */
export function cellText(table: WorldTable, row: Row, column: string): string | null {
  const value: Value = row[column] ?? null;
  if (value === null) return null;
  const isMoment = table.columns[column]?.type === 'moment';
  return isMoment ? new Date(Number(value)).toISOString() : String(value);
}

/** A cast from text to a column of a table that the comparison creates. */
export function columnCast({ columns }: WorldTable, column: string): string {
  const definition = columns[column];
  if (!definition || definition.type === 'text') return '';
  return `::${columnType(definition)}`;
}

/** `"id" = '…' and …` for a row's key. */
export function sqlKey(table: WorldTable, row: Row): string {
  return table.key
    .map((column) => `${sqlName(column)} = ${sqlCell(table, row, column)}`)
    .join(' and ');
}

export function sqlCell(table: WorldTable, row: Row, column: string): string {
  const text = cellText(table, row, column);
  return text === null ? 'null' : sqlText(text);
}

/** One INSERT for all rows; `undefined` if there are none. */
export function sqlInsert(table: WorldTable, rows: readonly Row[]): string | undefined {
  if (rows.length === 0) return undefined;
  const columns = Object.keys(table.columns);
  const values = rows.map(
    (row) => `(${columns.map((column) => sqlCell(table, row, column)).join(', ')})`,
  );
  return `insert into ${sqlTable(table.table)} (${columns.map(sqlName).join(', ')}) values ${values.join(', ')}`;
}
