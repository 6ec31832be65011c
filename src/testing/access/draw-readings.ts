import type { Draw } from './draw.ts';
import { bothWays } from './draw-rule.ts';
import type { WorldPlan } from './draw-rules.ts';
import type { Hop, Reading } from './world.ts';

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
  return [...alone, through(draw.pick(plan.tables).table, 2)];
}
