import type fc from 'fast-check';
import { aimDatabase } from './aim-row.ts';
import { drawn } from './draw.ts';
import { drawPools } from './draw-pools.ts';
import { drawPrincipal } from './draw-principal.ts';
import { drawReadings } from './draw-readings.ts';
import { drawDatabase } from './draw-rows.ts';
import { bothWays } from './draw-rule.ts';
import { drawRules, drawSelectiveWorld, type Population, type WorldPlan } from './draw-rules.ts';
import { drawWrites } from './draw-writes.ts';
import type { World } from './world.ts';

/** The size of a world. */
export interface WorldSize {
  readonly principals: number;
}

/**
 * A world of random rules over the whole algebra, with rows, principals, readings and
 * writes.
 */
export function arbitraryWorld(
  plan: WorldPlan,
  size: WorldSize = { principals: 3 },
): fc.Arbitrary<World> {
  const turned = { ...plan, joins: bothWays(plan.joins) };
  return drawn((draw) => {
    const pools = drawPools(draw, plan.meets);
    const population = (): Population => {
      const rows = drawDatabase(draw, pools, plan.tables);
      const principals = Array.from({ length: size.principals }, () =>
        drawPrincipal(draw, pools, plan.claims, plan.rules !== undefined),
      );
      if (!plan.rules) return { rows, principals };
      const aim = { rules: plan.rules, principals };
      return { rows: aimDatabase(draw, aim, plan.tables, rows), principals };
    };
    const { rows, principals } = plan.rules
      ? drawSelectiveWorld(draw, plan.rules, population)
      : population();
    const rules = plan.rules ?? drawRules(draw, turned, pools, { principals, rows });
    return {
      tables: plan.tables,
      rules,
      rows,
      principals,
      readings: drawReadings(draw, plan),
      writes: plan.tables.flatMap((table) =>
        drawWrites(draw, pools, table, {
          db: rows,
          aim: plan.rules && { rules: plan.rules, principals },
        }),
      ),
    };
  });
}
