import { sqlName, sqlTable, sqlText } from './sql-value.ts';
import type { Hop, Reading, World, WorldTable } from './world.ts';

/**
 * A reading as plain SQL without rules: one query for its own rows and one for each hop
 * of `related`. Each returns the keys as a JSON list.
 */
export function readingSql(world: World, reading: Reading): readonly string[] {
  const queries: string[] = [];
  const visit = (asked: Reading, from: string, where: readonly string[], depth: number): void => {
    const row = `t${depth}`;
    const here = [...where, ...having(asked, row)];
    const key = keySql(tableOf(world, asked.table), row);
    const condition = here.length > 0 ? ` where ${here.join(' and ')}` : '';
    queries.push(`select coalesce(jsonb_agg(distinct ${key}), '[]') from ${from}${condition}`);
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

const keySql = ({ key }: WorldTable, row: string): string =>
  key.map((column) => `${row}.${sqlName(column)}::text`).join(` || ${sqlText('|')} || `);

function tableOf(world: World, name: string): WorldTable {
  const table = world.tables.find(({ table }) => table === name);
  if (!table) throw new TypeError(`no table "${name}"`);
  return table;
}
