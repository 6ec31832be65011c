import { filterSql } from './filter.ts';
import { sqlCell, sqlName, sqlTable, sqlText } from './sql-value.ts';
import type { Hop, Reading, World, WorldTable } from './world.ts';

/**
 * A reading as plain SQL without rules: one query for its own rows and one for each hop
 * of `related`. Each returns the keys as a JSON list.
 */
export function readingSql(world: World, reading: Reading): readonly string[] {
  const queries: string[] = [];
  const visit = (asked: Reading, from: string, where: readonly string[], depth: number): void => {
    const row = `t${depth}`;
    const table = tableOf(world, asked.table);
    const filter = asked.filter ? [filterSql(asked.filter, row)] : [];
    const here = [...where, ...having(asked, row), ...filter];
    const rows = `select ${keySql(table, row)} as key from ${from}${conditions([...here, ...after(table, asked, row)])}`;
    queries.push(
      `select coalesce(jsonb_agg(distinct key), '[]') from (${rows}${orderOf(table, asked, row)}) as found`,
    );
    for (const hop of asked.related ?? []) {
      const next = `t${depth + 1}`;
      visit(
        hop,
        `${from}, ${sqlTable(hop.table)} ${next}`,
        [...here, joined(hop, row, next)],
        depth + 1,
      );
    }
  };
  visit(reading, `${sqlTable(reading.table)} t0`, [], 0);
  return queries;
}

const conditions = (all: readonly string[]): string =>
  all.length > 0 ? ` where ${all.join(' and ')}` : '';

function after(table: WorldTable, { page }: Reading, row: string): readonly string[] {
  if (!page?.after) return [];
  const start = page.after;
  const columns = table.key.map((column) => `${row}.${sqlName(column)}`);
  const values = table.key.map((column) => sqlCell(table, start, column));
  const operator = page.direction === 'asc' ? '>' : '<';
  return [`(${columns.join(', ')}) ${operator} (${values.join(', ')})`];
}

function orderOf(table: WorldTable, { page }: Reading, row: string): string {
  if (!page) return '';
  const order = table.key.map((column) => `${row}.${sqlName(column)} ${page.direction}`);
  return ` order by ${order.join(', ')} limit ${page.limit}`;
}

/** A `having` as EXISTS, with nested ones inside. */
function having(asked: Reading, row: string): readonly string[] {
  const hop = asked.having;
  if (!hop) return [];
  const other = `${row}h`;
  const where = [joined(hop, row, other), ...having(hop, other)].join(' and ');
  return [`exists (select from ${sqlTable(hop.table)} ${other} where ${where})`];
}

const joined = ({ on }: Hop, row: string, other: string): string =>
  on.map((pair) => `${other}.${sqlName(pair.other)} = ${row}.${sqlName(pair.own)}`).join(' and ');

const keySql = ({ key, columns }: WorldTable, row: string): string =>
  key
    .map((column) => {
      const cell = `${row}.${sqlName(column)}`;
      const isMoment = columns[column]?.type === 'moment';
      return isMoment ? `(extract(epoch from ${cell}) * 1000)::bigint::text` : `${cell}::text`;
    })
    .join(` || ${sqlText('|')} || `);

function tableOf(world: World, name: string): WorldTable {
  const table = world.tables.find(({ table }) => table === name);
  if (!table) throw new TypeError(`no table "${name}"`);
  return table;
}
