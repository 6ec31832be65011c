import type { Draw } from './draw.ts';
import { bothWays } from './draw-rule.ts';
import type { WorldPlan } from './draw-rules.ts';
import type { Filter, Hop, Reading, WorldJoin } from './world.ts';

/** A reading of each table alone, and one through related tables. */
export function drawReadings(draw: Draw, plan: WorldPlan): readonly Reading[] {
  const joins = bothWays(plan.joins);
  const hops = (table: string, depth: number): readonly Hop[] => {
    const own = joins.filter((join) => join.table === table);
    if (depth === 0 || own.length === 0) return [];
    const { other, on } = draw.pick(own);
    return [{ ...through(other, depth - 1), on }];
  };
  const through = (table: string, depth: number): Reading => {
    const having = draw.percent(50) ? hops(table, depth) : [];
    const related = draw.percent(60) || having.length === 0 ? hops(table, depth) : [];
    return {
      table,
      ...(having[0] ? { having: having[0] } : {}),
      ...(related.length > 0 ? { related } : {}),
    };
  };
  const alone = plan.tables.map(({ table }): Reading => ({ table }));
  return [...alone, through(draw.pick(plan.tables).table, 2), drawPage(draw, plan, joins)];
}

/** A query with a filter, an order, a limit and a start. */
function drawPage(draw: Draw, { tables }: WorldPlan, joins: readonly WorldJoin[]): Reading {
  const { table, key, columns } = draw.pick(tables);
  const own = joins.filter((join) => join.table === table);
  const filter = (depth: number): Filter => {
    const kind = draw.number(99);
    if (depth > 0 && kind < 50) {
      return { op: kind < 40 ? 'or' : 'and', parts: [filter(depth - 1), filter(depth - 1)] };
    }
    if (own.length > 0 && kind < 80) {
      const { other, on } = draw.pick(own);
      return { op: draw.pick(['exists', 'not exists'] as const), table: other, on };
    }
    return {
      op: draw.pick(['null', 'not null'] as const),
      column: draw.pick(Object.keys(columns)),
    };
  };
  const isPaged = key.every((column) => columns[column]?.type === 'uuid') && draw.percent(70);
  if (!isPaged) return { table, filter: filter(2) };
  const start = key.map((column) => [column, draw.pick(STARTS)] as const);
  return {
    table,
    ...(draw.percent(60) && { filter: filter(1) }),
    page: {
      direction: draw.pick(['asc', 'desc'] as const),
      limit: 1 + draw.number(2),
      ...(draw.percent(60) && { after: Object.fromEntries(start) }),
    },
  };
}

/** Between the keys of rows. */
const STARTS = [
  '018f2b6a-7c3d-7e4f-8a9b-0c1d2e3f4a5b',
  'a1b2c3d4-e5f6-4a1b-9c2d-3e4f5a6b7c8d',
  '5fffffff-0000-4000-8000-000000000000',
];
