import { worlds } from '../../../src/testing/access/compare-enforcers.ts';
import { compareWorld } from '../../../src/testing/access/compare-world.ts';
import type { Enforcer } from '../../../src/testing/access/enforcer.ts';
import type { World } from '../../../src/testing/access/world.ts';
import { oracle } from '../enforcers/oracle.ts';
import { smallWorld } from '../small-world.ts';
import { mutated, type Mutant } from './mutant.ts';

/** An arbitrary but constant seed. */
const SEED = 5;
/** Number of worlds in which a mistake must be found. */
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

/**
 * Whether an enforcer with a mistake is caught within the first worlds, while the correct
 * enforcer passes. `telling` removes questions that the mistake cannot affect. An error is
 * not a wrong answer, and is thrown.
 */
export async function isCaught(
  wrong: Enforcer,
  sound: Enforcer,
  telling: (world: World) => readonly World[] | Promise<readonly World[]> = (world) => [world],
): Promise<boolean> {
  for (const world of firstWorlds()) {
    for (const part of await telling(world)) {
      if (await isCaughtIn(part, wrong, sound)) return true;
    }
  }
  return false;
}

/**
 * Whether an enforcer with the mistake is caught. Runs only the questions that the oracle
 * with the same mistake answers wrongly, which are quick to find.
 */
export async function isCaughtWith(
  enforcer: Enforcer,
  mutant: Mutant,
  asks?: 'read' | 'write',
): Promise<boolean> {
  const wrong = mutated(enforcer, mutant);
  for (const world of firstWorlds()) {
    for (const part of await tellingOf(world, mutant, asks)) {
      if (await isCaughtIn(part, wrong, enforcer)) return true;
    }
  }
  return false;
}

/** A failure for another reason does not count as caught. */
async function isCaughtIn(world: World, wrong: Enforcer, sound: Enforcer): Promise<boolean> {
  if (!(await isWrong(world, wrong))) return false;
  if (await isWrong(world, sound)) throw new Error(`${sound.name} is wrong by itself`);
  return true;
}

async function isWrong(world: World, enforcer: Enforcer): Promise<boolean> {
  const found = await compareWorld(world, [enforcer]);
  if (found?.said instanceof Error) throw found.said;
  return found !== undefined;
}

/** The world once per principal, with only the questions that reveal the mistake. */
export async function tellingOf(
  world: World,
  mutant: Mutant,
  asks?: 'read' | 'write',
): Promise<readonly World[]> {
  const model = mutated(oracle, mutant);
  const asked: World = {
    ...world,
    ...(asks === 'read' ? { writes: [] } : {}),
    ...(asks === 'write' ? { readings: [] } : {}),
  };
  if (!(await isWrong(asked, model))) return [];
  const parts: World[] = [];
  for (const principal of asked.principals) {
    const ofOne = { ...asked, principals: [principal] };
    const readings = await filter(asked.readings, (reading) =>
      isWrong({ ...ofOne, readings: [reading], writes: [] }, model),
    );
    const writes = await filter(asked.writes, (write) =>
      isWrong({ ...ofOne, readings: [], writes: [write] }, model),
    );
    if (readings.length + writes.length > 0) parts.push({ ...ofOne, readings, writes });
  }
  return parts;
}

async function filter<T>(
  items: readonly T[],
  keeps: (item: T) => Promise<boolean>,
): Promise<readonly T[]> {
  const kept: T[] = [];
  for (const item of items) if (await keeps(item)) kept.push(item);
  return kept;
}
