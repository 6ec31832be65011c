import type { Draw } from './draw.ts';
import { drawValue, type Pools } from './draw-pools.ts';
import { keyText, type Database, type Row, type Value, type WorldTable } from './world.ts';

/**
 * A few rows for every table. References are not enforced: all keys come from the same
 * few values, so some children have a parent, some have none, and some belong to
 * another tenant.
 */
export function drawDatabase(draw: Draw, pools: Pools, tables: readonly WorldTable[]): Database {
  return Object.fromEntries(tables.map((table) => [table.table, drawRows(draw, pools, table)]));
}

function drawRows(draw: Draw, pools: Pools, table: WorldTable): readonly Row[] {
  const rows = new Map<string, Row>();
  for (let left = 3 + draw.number(2); left > 0; left -= 1) {
    const row = drawRow(draw, pools, table);
    rows.set(keyText(table, row), row);
  }
  return [...rows.values()];
}

export function drawRow(draw: Draw, pools: Pools, table: WorldTable): Row {
  return Object.fromEntries(
    Object.keys(table.columns).map((column) => [column, drawCell(draw, pools, table, column)]),
  );
}

/** A value for a column; often NULL if the column is nullable. */
export function drawCell(draw: Draw, pools: Pools, table: WorldTable, column: string): Value {
  const definition = table.columns[column];
  if (!definition) throw new TypeError(`no column "${column}"`);
  return definition.nullable && draw.percent(25) ? null : drawValue(draw, pools, definition);
}
