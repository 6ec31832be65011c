import type { Column } from '../../model/column.ts';
import type { ForeignKey } from '../../model/foreign-key.ts';
import { quoteName } from '../../model/quote-sql.ts';
import type { SequenceOptions } from '../../model/sequence.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { Unique } from '../../model/unique.ts';
import { columnDefault } from './column-default.ts';
import { printForeignKey } from './print-foreign-key.ts';
import { quoteList } from './quote-list.ts';
import { quoteType } from './quote-type.ts';

/** `create table`, with all constraints except the foreign keys that are created later. */
export function printTable(table: Table, foreignKeys: readonly ForeignKey[]): string {
  const { primaryKey, uniques, checks, exclusions } = table;
  const lines = [
    ...table.columns.map((column) => printColumn(table, column)),
    ...(primaryKey && !isInline(table)
      ? [`constraint ${quoteName(primaryKey.name)} primary key (${quoteList(primaryKey.columns)})`]
      : []),
    ...uniques.map(printUnique),
    ...foreignKeys.map(printForeignKey),
    ...checks.map(({ name, sql }) => `constraint ${quoteName(name)} check (${sql})`),
    ...exclusions.map(({ name, sql }) => `constraint ${quoteName(name)} ${sql}`),
  ];
  const name = quoteName(schemaOf(table), table.name);
  return `create table if not exists ${name} (\n  ${lines.join(',\n  ')}\n)${partitionBy(table)};`;
}

const partitionBy = ({ partition }: Table): string =>
  partition === undefined ? '' : ` partition by range (${quoteName(partition.column)})`;

function printColumn(table: Table, column: Column): string {
  const { name, notNull, generated, generatedSql, identity } = column;
  const preset = columnDefault(table, column);
  return [
    quoteName(name),
    serialType(column) ?? quoteType(column.type),
    ...(generatedSql === undefined
      ? []
      : [`generated always as (${generatedSql}) ${generated ?? 'stored'}`]),
    ...(identity ? [`generated ${identity.mode} as identity (${sequenceOptions(identity)})`] : []),
    ...(isInline(table, name) ? ['primary key'] : notNull ? ['not null'] : []),
    ...(preset === undefined ? [] : [`default ${preset}`]),
  ].join(' ');
}

/** Whether the primary key is written in the line of its column: it has one column and Postgres's default name. */
const isInline = ({ name, primaryKey }: Table, column = primaryKey?.columns[0]): boolean =>
  primaryKey?.columns.length === 1 &&
  primaryKey.columns[0] === column &&
  primaryKey.name === `${name}_pkey`;

/** The type of a column whose default is a sequence without a DEFAULT in the definition. */
function serialType({ type, default: filledBy, defaultSql, identity }: Column): string | undefined {
  if (filledBy !== 'database' || defaultSql !== undefined || identity) return undefined;
  return type.kind === 'integer'
    ? { 16: 'smallserial', 32: 'serial', 64: 'bigserial' }[type.bits]
    : undefined;
}

function printUnique({
  name,
  columns,
  nullsNotDistinct,
  included = [],
  deferrable,
}: Unique): string {
  return [
    `constraint ${quoteName(name)} unique`,
    ...(nullsNotDistinct ? ['nulls not distinct'] : []),
    `(${quoteList(columns)})`,
    ...(included.length > 0 ? [`include (${quoteList(included)})`] : []),
    ...(deferrable === undefined ? [] : [`deferrable ${deferrable}`]),
  ].join(' ');
}

/** The options of a sequence or an identity column. */
export const sequenceOptions = (options: SequenceOptions): string =>
  [
    `increment by ${options.increment}`,
    `minvalue ${options.min}`,
    `maxvalue ${options.max}`,
    `start with ${options.start}`,
    `cache ${options.cache}`,
    options.cycle ? 'cycle' : 'no cycle',
  ].join(' ');
