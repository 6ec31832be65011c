import type { Draw } from './draw.ts';
import type { Pools } from './draw-pools.ts';
import { drawCell, drawRow } from './draw-rows.ts';
import type { Rule } from '../../model/rule.ts';
import { aimedRow, type Aim } from './aim-row.ts';
import { keyOf, keyText, type Database, type Row, type WorldTable, type Write } from './world.ts';

export interface WritePlan {
  readonly db: Database;
  readonly aim?: Aim | undefined;
  /** Columns that most updates leave alone, because they would be refused. */
  readonly immutable?: readonly string[];
}

/** Writes to a table: inserts with new keys, updates of one to three columns, and a delete of each row. */
export function drawWrites(
  draw: Draw,
  pools: Pools,
  table: WorldTable,
  { db, aim, immutable }: WritePlan,
): readonly Write[] {
  const rows = db[table.table] ?? [];
  const own = aim?.rules.tables[table.table];
  const aimed = (rule: Rule | undefined, row: Row): Row =>
    aim && rule ? aimedRow(draw, [rule], row, { ...aim, table, db }) : row;
  const writes: Write[] = [];
  for (let left = aim ? 6 : 3; left > 0; left -= 1) {
    // A copy of a row is as likely to be allowed as the row that the rule was drawn for.
    const copied = immutable && rows.length > 0 && draw.percent(60) && draw.pick(rows);
    const row = copied || aimed(own?.insert, drawRow(draw, pools, table));
    const taken = rows.some((other) => keyText(table, other) === keyText(table, row));
    writes.push({
      operation: 'insert',
      table: table.table,
      row: taken ? { ...row, ...freshKey(table, left) } : row,
    });
  }
  for (const row of rows) {
    for (let left = 2; left > 0; left -= 1) {
      const changes = drawChanges(draw, pools, table, { row, immutable });
      if (!changes) continue;
      writes.push({ operation: 'update', table: table.table, key: keyOf(table, row), changes });
    }
    writes.push({ operation: 'delete', table: table.table, key: keyOf(table, row) });
  }
  return writes;
}

function drawChanges(
  draw: Draw,
  pools: Pools,
  table: WorldTable,
  {
    row,
    immutable = [],
  }: { readonly row: Row; readonly immutable?: readonly string[] | undefined },
): Row | undefined {
  const all = Object.keys(table.columns).filter((column) => !table.key.includes(column));
  const mutable = all.filter((column) => !immutable.includes(column));
  const free = mutable.length > 0 && draw.percent(85) ? mutable : all;
  // Key changes are rare, because Zero cannot express them.
  const columns = draw.percent(5) ? table.key : draw.some(free, 1, immutable.length > 0 ? 1 : 3);
  const changes = columns.flatMap((column) => {
    const value = drawCell(draw, pools, table, column);
    return value === row[column] ? [] : [[column, value] as const];
  });
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

/** A key that is in no pool, for a row whose key is taken. */
function freshKey(table: WorldTable, at: number): Row {
  return Object.fromEntries(
    table.key.map((column) => {
      switch (table.columns[column]?.type) {
        case 'uuid':
          return [column, `00000000-0000-4000-8000-00000000000${at}`];
        case 'integer':
          return [column, 1_000 + at];
        case 'moment':
          return [column, 1_800_000_000_000 + at * 1_000];
        case 'enum':
          return [column, table.columns[column].enum?.labels[0] ?? ''];
        default:
          return [column, `~${at}`];
      }
    }),
  );
}
