import type fc from 'fast-check';
import { aimDatabase } from './aim-row.ts';
import { drawn } from './draw.ts';
import { drawPools } from './draw-pools.ts';
import { drawPrincipal } from './draw-principal.ts';
import { drawReadings } from './draw-readings.ts';
import { drawDatabase } from './draw-rows.ts';
import { bothWays } from './draw-rule.ts';
import { drawRules, drawSelectiveWorld, type WorldPlan } from './draw-rules.ts';
import { drawWrites } from './draw-writes.ts';
import { withFewWrites } from './few-writes.ts';
import type { Population, World } from './world.ts';

/** Principals of a world. */
const PRINCIPALS = 3;

/**
 * A world of random rules over the whole algebra, with rows, principals, readings and
 * writes.
 */
export function arbitraryWorld(plan: WorldPlan): fc.Arbitrary<World> {
  const length = plan.principals ?? PRINCIPALS;
  const turned = { ...plan, joins: bothWays(plan.joins) };
  return drawn((draw) => {
    const pools = drawPools(draw, plan.meets, plan.coverage !== undefined);
    const population = (): Population => {
      const rows = drawDatabase(draw, pools, plan.tables);
      const principals = Array.from({ length }, () =>
        drawPrincipal(draw, pools, plan.claims, {
          known: plan.rules !== undefined,
          ...(plan.sound && { sound: plan.sound }),
        }),
      );
      if (!plan.rules) return { rows, principals };
      const aim = { rules: plan.rules, principals };
      return { rows: aimDatabase(draw, aim, plan.tables, rows), principals };
    };
    const { rows, principals } = plan.rules
      ? drawSelectiveWorld(draw, plan.rules, population)
      : population();
    const rules = plan.rules ?? drawRules(draw, turned, pools, { principals, rows });
    const world: World = {
      tables: plan.tables,
      rules,
      rows,
      principals,
      readings: drawReadings(draw, plan),
      writes: plan.tables.flatMap((table) =>
        drawWrites(draw, pools, table, {
          db: rows,
          aim: plan.rules && { rules: plan.rules, principals },
          ...(plan.coverage && { immutable: rules.tables[table.table]?.immutable ?? [] }),
        }),
      ),
    };
    const isFew = plan.coverage && !plan.rules && length === PRINCIPALS;
    return isFew && plan.coverage ? withFewWrites(draw, world, plan.coverage) : world;
  });
}
