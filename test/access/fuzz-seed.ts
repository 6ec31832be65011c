import type { PostgresServer } from '../../src/processes/postgres-server.ts';
import { compareEnforcers } from '../../src/testing/access/compare-enforcers.ts';
import { COMBINATIONS, combinationText } from '../../src/testing/access/coverage/combination.ts';
import { Coverage } from '../../src/testing/access/coverage/coverage.ts';
import { ITEMS } from '../../src/testing/access/coverage/items.ts';
import { showDisagreement } from '../../src/testing/access/show-disagreement.ts';
import { allEnforcers } from './enforcers/all-enforcers.ts';
import { compareFrontDoor, FRONT_DOOR } from './front-door/compare-front-door.ts';
import { keepRegression } from './regression.ts';
import { serverClient } from './server-client.ts';
import { smallWorld } from './small-world.ts';
import { compareTwoWriters, WRITERS } from './two-writers/compare-two-writers.ts';

/** Worlds per database. Rolled-back transactions leave dead rows in the catalog, so a new database is opened regularly. */
const WORLDS_PER_ROUND = 300;

/** A seed without the required coverage goes on for so many times its time, as on a slow machine. */
const PATIENCE = 4;

/** Worlds of each seed that go through `garden generate` and migrations. */
const FRONT_DOOR_WORLDS = 5;

export interface FuzzOptions {
  readonly server: PostgresServer;
  readonly seed: number;
  /** The time, or more if the required coverage is not reached. */
  readonly milliseconds: number;
  /** Requires every combination, and stops when they are covered. */
  readonly complete: boolean;
  readonly wide: boolean;
  print(line: string): void;
}

/** Compares the enforcers on random worlds for one seed. Returns whether they agree and the coverage suffices. */
export async function fuzz(options: FuzzOptions): Promise<boolean> {
  const { server, seed, milliseconds, complete, wide, print } = options;
  const items = [...ITEMS, ...FRONT_DOOR, ...WRITERS];
  const coverage = new Coverage(COMBINATIONS, items);
  const covered = (item: string): void => coverage.addItem(item);
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const end = begin + milliseconds;
  const last = complete ? end : begin + PATIENCE * milliseconds;
  const isEnough = (): boolean =>
    complete ? isComplete(coverage) : performance.now() > end && isRequired(coverage);
  let [questions, worlds, reported] = [0, 0, begin];
  const door = await compareFrontDoor(seed, FRONT_DOOR_WORLDS, covered);
  const { races, problems: raced } = await compareTwoWriters(server, seed, covered);
  const problems = [...door, ...raced];
  for (const problem of problems) print(`seed ${seed}: ${problem}`);
  if (problems.length > 0) return false;
  for (let round = 0; performance.now() < last && !isEnough(); round += 1) {
    const all = await allEnforcers(
      smallWorld.tables,
      async () => serverClient(await server.createDatabase()),
      covered,
    );
    const { tally, wrong } = await compareEnforcers({
      plan: { ...smallWorld, coverage, ...(wide && { principals: 8 }) },
      enforcers: all.enforcers,
      // The first round equals the round of a test with this seed.
      seed: seed + round * 1_000_003,
      worlds: WORLDS_PER_ROUND,
      milliseconds: last - performance.now(),
      isEnough,
      onWorld(tally) {
        if (performance.now() - reported < 15_000) return;
        reported = performance.now();
        print(`seed ${seed}: ${questions + tally.questions} questions; ${coverage}`);
      },
    });
    await all.close();
    questions += tally.questions;
    worlds += tally.worlds;
    if (!wrong) continue;
    print(showDisagreement(wrong.world, wrong.found));
    print(`seed ${seed}; kept as ${await keepRegression(wrong.found.enforcer, wrong.world)}`);
    return false;
  }
  const seconds = Math.round((performance.now() - begin) / 1000);
  const { user, system } = process.cpuUsage(cpu);
  const node = Math.round((user + system) / 1_000_000);
  print(
    `seed ${seed}: ${questions} questions agree, in ${worlds} sets of rules, and ${races} races of two writers, in ${seconds} s (${node} CPU s of Node); ${coverage}`,
  );
  const missing = [
    ...coverage.missingPairs(),
    ...coverage.missingItems(),
    ...(complete ? coverage.missing().map(combinationText) : []),
  ];
  for (const one of missing) print(`missing: ${one}`);
  return missing.length === 0;
}

const isRequired = (coverage: Coverage): boolean =>
  coverage.missingPairs().length + coverage.missingItems().length === 0;

const isComplete = (coverage: Coverage): boolean =>
  coverage.isComplete && coverage.missingItems().length === 0;
