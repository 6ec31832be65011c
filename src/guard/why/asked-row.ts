import { quoteName, quoteTable, quoteText } from '../../model/quote-sql.ts';
import type { Access } from '../../model/access.ts';
import type { Claims, TableRules } from '../../model/rule.ts';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';

/** A row, and the principal whose access to it is explained. */
export interface AskedKey {
  readonly table: Table;
  readonly rules: TableRules;
  readonly access: Access;
  readonly claims: Claims;
  /** The values of the key as text, by column. */
  readonly key: Readonly<Record<string, string>>;
}

/** An existing row, and the principal whose access to it is explained. */
export interface AskedRow extends AskedKey {
  /** The row as Postgres writes it as text; a cast to the table's type restores it. */
  readonly text: string;
}

/** The condition of the row's key. The literals get the type of their column. */
export const keyCondition = ({ key }: AskedKey): string =>
  Object.entries(key)
    .map(([column, value]) => `${quoteName(column)} = ${quoteText(value)}`)
    .join(' and ');

/** The row as SQL of the table's type. */
export const rowValue = ({ table, text }: AskedRow): string =>
  `${quoteText(text)}::text::${quoteTable(table.id)}`;

export const deleteSql = (asked: AskedKey): string =>
  `delete from ${quoteTable(asked.table.id)} where ${keyCondition(asked)}`;

/** Inserts the row again. A principal cannot name server-only columns. */
export function insertSql(asked: AskedRow, asPrincipal: boolean): string {
  const columns = asked.table.columns.filter(
    (column) => !isComputed(column) && !(asPrincipal && column.serverOnly),
  );
  const names = columns.map(({ name }) => quoteName(name));
  const values = names.map((name) => `(given."row").${name}`);
  return `insert into ${quoteTable(asked.table.id)} (${names.join(', ')}) overriding system value
    select ${values.join(', ')} from (select ${rowValue(asked)} as "row") as given`;
}

/** Updates a column to its own value; `undefined` if a principal can change no column. */
export function updateSql(asked: AskedRow): string | undefined {
  const column = changeableColumn(asked);
  if (column === undefined) return undefined;
  const name = quoteName(column);
  return `update ${quoteTable(asked.table.id)} set ${name} = ${name} where ${keyCondition(asked)}`;
}

export const changeableColumn = ({ table, rules }: AskedKey): string | undefined =>
  table.columns.find(
    (column) =>
      !isComputed(column) &&
      column.identity?.mode !== 'always' &&
      !column.serverOnly &&
      !rules.immutable.includes(column.name),
  )?.name;

const isComputed = ({ generated }: Column): boolean =>
  generated === 'stored' || generated === 'virtual';
