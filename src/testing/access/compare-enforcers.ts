import fc from 'fast-check';
import { arbitraryWorld } from './arbitrary-world.ts';
import { compareWorld } from './compare-world.ts';
import type { WorldPlan } from './draw-rules.ts';
import type { Enforcer } from './enforcer.ts';
import { shrinkWorld, type WrongWorld } from './shrink-world.ts';
import { Tally } from './tally.ts';
import type { World } from './world.ts';

export interface CompareOptions {
  readonly plan: WorldPlan;
  readonly enforcers: readonly Enforcer[];
  /** The same seed draws the same worlds. */
  readonly seed: number;
  /** Stops after this number of cases. */
  readonly cases?: number;
  /** Stops after this number of questions. */
  readonly questions?: number;
  /** Stops after this number of worlds. */
  readonly worlds?: number;
  /** Stops after this time. The first limit that is reached applies. */
  readonly milliseconds?: number;
  /** Whether to stop before these limits. */
  isEnough?(): boolean;
  /** Called after every world. */
  onWorld?(tally: Tally): void;
}

export interface Comparison {
  readonly tally: Tally;
  /** The first disagreement, shrunk. */
  readonly wrong: WrongWorld | undefined;
}

/** Compares enforcers with the oracle on random worlds, until the first disagreement. */
export async function compareEnforcers(options: CompareOptions): Promise<Comparison> {
  const { enforcers, cases = Infinity, milliseconds = Infinity } = options;
  const { worlds: most = Infinity, questions = Infinity } = options;
  const tally = new Tally();
  const end = performance.now() + milliseconds;
  const coverage = options.plan.coverage;
  for (const world of worlds(options.plan, options.seed)) {
    const found = await compareWorld(world, enforcers, tally, coverage);
    if (found) {
      const fixed = options.plan.rules !== undefined;
      return { tally, wrong: await shrinkWorld({ world, found }, enforcers, { fixed }) };
    }
    options.onWorld?.(tally);
    if (tally.questions >= questions) break;
    if (tally.cases >= cases || tally.worlds >= most || performance.now() >= end) break;
    if (options.isEnough?.()) break;
  }
  return { tally, wrong: undefined };
}

/** An endless sequence of worlds. Each has its own seed, so it does not depend on the draws before it. */
export function* worlds(plan: WorldPlan, seed: number): Generator<World> {
  const arbitrary = arbitraryWorld(plan);
  for (let at = 0; ; at += 1) {
    const [world] = fc.sample(arbitrary, { seed: mixed(seed, at), numRuns: 1 });
    if (world) yield world;
  }
}

/** Mixes the seed, so that consecutive seeds give unrelated worlds. */
const mixed = (seed: number, at: number): number =>
  Math.imul((seed | 0) ^ Math.imul(at + 1, 0x9e3779b1), 0x85ebca6b) | 0;
