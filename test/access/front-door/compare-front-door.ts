import { isDeepStrictEqual } from 'node:util';
import { blankPostgres } from '../../../src/testing/blank-postgres.fixture.ts';
import { worlds } from '../../../src/testing/access/compare-enforcers.ts';
import { compareWorld } from '../../../src/testing/access/compare-world.ts';
import { Coverage } from '../../../src/testing/access/coverage/coverage.ts';
import { showDisagreement } from '../../../src/testing/access/show-disagreement.ts';
import type { World } from '../../../src/testing/access/world.ts';
import { UPSERTS } from '../enforcers/upserts.ts';
import { smallWorld } from '../small-world.ts';
import { inKitForm } from './kit-form.ts';
import { PROBES } from './probe-world.ts';
import { openFrontDoor, type FrontDoor } from './open-front-door.ts';

/** Items that only the migrated worlds are asked for. */
export const FRONT_DOOR: readonly string[] = [...PROBES, ...UPSERTS];

/**
 * Takes a sample of random worlds through `garden generate` and `garden migrate`, and
 * returns what differs: from the oracle, and from the policies and rules that the other
 * comparisons use without migrations. What those find therefore holds for migrations too.
 */
export async function compareFrontDoor(
  seed: number,
  count: number,
  covered: (item: string) => void,
): Promise<readonly string[]> {
  const sample = await drawSample(seed, count);
  await using client = await blankPostgres();
  const door = await openFrontDoor(sample, client, covered);
  try {
    const problems = door.missingStatements.map((statement) => `no migration has: ${statement}`);
    for (const world of sample) {
      problems.push(...(await problemsOf(world, door)));
      const probed = await door.probe(world);
      problems.push(...probed.problems);
      for (const name of probed.covered) covered(name);
    }
    return problems;
  } finally {
    await door.close();
  }
}

async function drawSample(seed: number, count: number): Promise<readonly World[]> {
  const coverage = new Coverage();
  const sample: World[] = [];
  for (const world of worlds({ ...smallWorld, coverage }, seed)) {
    await compareWorld(world, [], undefined, coverage);
    sample.push(inKitForm(world, `world_${sample.length}`));
    if (sample.length >= count) break;
  }
  return sample;
}

async function problemsOf(world: World, door: FrontDoor): Promise<readonly string[]> {
  const found = await compareWorld(world, door.enforcers);
  const others = Object.entries(world.rules.tables).filter(([name, { serverOnly, ...rules }]) => {
    const { serverOnly: hidden, ...generated } = door.rules.tables[name] ?? {};
    return (
      !isDeepStrictEqual(sorted(generated), sorted(rules)) ||
      !isDeepStrictEqual(hidden ?? [], serverOnly ?? [])
    );
  });
  return [
    ...(found ? [showDisagreement(world, found)] : []),
    ...others.map(([name]) => `the generated rules of ${name} differ from its definition`),
  ];
}

/** Lists of columns in any order. */
const sorted = (rules: object): object =>
  'immutable' in rules ? { ...rules, immutable: [...(rules.immutable as string[])].sort() } : rules;
