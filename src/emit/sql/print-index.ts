import { quoteName } from '../../model/quote-sql.ts';
import type { IndexColumn, TableIndex } from '../../model/table-index.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { quoteList } from './quote-list.ts';

/** `create index` for an index that no constraint owns. */
export function printIndex(table: Table, index: TableIndex): string {
  const { name, unique, method, columns, included, where, nullsNotDistinct } = index;
  const settings = Object.entries(index.with).map(([key, value]) => `${key} = ${value}`);
  return `${[
    `create ${unique ? 'unique ' : ''}index if not exists ${quoteName(name)}`,
    `on ${quoteName(schemaOf(table), table.name)} using ${method}`,
    `(${columns.map((column) => printKey(column, method)).join(', ')})`,
    ...(included.length > 0 ? [`include (${quoteList(included)})`] : []),
    ...(nullsNotDistinct ? ['nulls not distinct'] : []),
    ...(settings.length > 0 ? [`with (${settings.join(', ')})`] : []),
    ...(where === undefined ? [] : [`where ${where}`]),
  ].join(' ')};`;
}

function printKey(column: IndexColumn, method: string): string {
  const { collation, opclass, order, nulls } = column;
  const usual = order === 'asc' ? 'last' : 'first';
  return [
    'column' in column ? quoteName(column.column) : `(${column.expression})`,
    ...(collation === undefined ? [] : [`collate ${quoteName(collation)}`]),
    ...(opclass === undefined ? [] : [opclass]),
    // Only a B-tree has an order.
    ...(method === 'btree' && order === 'desc' ? ['desc'] : []),
    ...(method === 'btree' && nulls !== usual ? [`nulls ${nulls}`] : []),
  ].join(' ');
}
