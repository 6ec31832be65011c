import { worlds } from '../../../src/testing/access/compare-enforcers.ts';
import { compareWorld } from '../../../src/testing/access/compare-world.ts';
import type { EnteredWorld, Enforcer } from '../../../src/testing/access/enforcer.ts';
import type { World } from '../../../src/testing/access/world.ts';
import { oracle } from '../enforcers/oracle.ts';
import { smallWorld } from '../small-world.ts';
import { mutated, type Mutant } from './mutant.ts';

/** Which one does not matter; that it is always the same does. */
const SEED = 3;
/** In so many worlds a mistake must show. */
const WORLDS = 200;

const drawn: World[] = [];
const source = worlds(smallWorld, SEED);

function* firstWorlds(): Generator<World> {
  for (let at = 0; at < WORLDS; at += 1) {
    const world = drawn[at] ?? source.next().value;
    drawn[at] = world;
    yield world;
  }
}

/** Whether an enforcer is found out within the first worlds. An error is no wrong answer, and is thrown. */
export async function isCaught(enforcer: Enforcer): Promise<boolean> {
  for (const world of firstWorlds()) {
    if (await isWrong(world, enforcer)) return true;
  }
  return false;
}

/**
 * Whether an enforcer that makes the mistake is found out. Only the worlds are
 * asked in which the oracle, making it, is wrong: that is known at once.
 */
export async function isCaughtWith(
  enforcer: Enforcer,
  mutant: Mutant,
  asks?: 'read' | 'write',
): Promise<boolean> {
  const wrong = mutated(enforcer, mutant);
  const model = mutated(asks ? only(oracle, asks) : oracle, mutant);
  for (const world of firstWorlds()) {
    if ((await isWrong(world, model)) && (await isWrong(world, wrong))) return true;
  }
  return false;
}

async function isWrong(world: World, enforcer: Enforcer): Promise<boolean> {
  const found = await compareWorld(world, [enforcer]);
  if (found?.said instanceof Error) throw found.said;
  return found !== undefined;
}

function only(enforcer: Enforcer, asks: 'read' | 'write'): Enforcer {
  return {
    name: enforcer.name,
    async enter(world): Promise<EnteredWorld> {
      const { leave, ...entered } = await enforcer.enter(world);
      const question = entered[asks];
      return { ...(question ? { [asks]: question } : {}), leave };
    },
  };
}
