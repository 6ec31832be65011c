import { attemptOf } from './attempt-of.ts';
import { combinationText, type Combination } from './coverage/combination.ts';
import type { Coverage } from './coverage/coverage.ts';
import { decidingWrite } from './coverage/decisive-conditions.ts';
import type { Draw } from './draw.ts';
import type { World, Write } from './world.ts';

/** Of a table's writes, how many are kept that cover nothing new. */
const OTHERS = 2;

/**
 * The world with the writes that cover something new, and a few others: many rule sets
 * with few questions each find more than few rule sets with many questions.
 */
export function withFewWrites(draw: Draw, world: World, coverage: Coverage): World {
  const seen = new Set<string>();
  const others = new Map<string, number>();
  const isKept = (write: Write): boolean => {
    if (coversMore(world, write, coverage, seen)) return true;
    const left = others.get(write.table) ?? OTHERS;
    others.set(write.table, left - 1);
    return left > 0;
  };
  return { ...world, writes: draw.shuffle(world.writes).filter(isKept) };
}

function coversMore(world: World, write: Write, coverage: Coverage, seen: Set<string>): boolean {
  const { rules, rows: db, principals } = world;
  const attempt = attemptOf(world, write);
  if (!attempt) return false;
  let isMore = false;
  const condition = (one: Combination): void => {
    const text = combinationText(one);
    if (seen.has(text) || coverage.has(one)) return;
    seen.add(text);
    isMore = true;
  };
  for (const claims of principals) decidingWrite({ rules, claims, db }, attempt, { condition });
  return isMore;
}
