import { parseArgs } from 'node:util';
import { compareEnforcers } from '../../src/testing/access/compare-enforcers.ts';
import { showDisagreement } from '../../src/testing/access/show-disagreement.ts';
import { allEnforcers } from './enforcers/all-enforcers.ts';
import { keepRegression } from './regression.ts';
import { smallWorld } from './small-world.ts';

/** Worlds per database. Rolled-back transactions leave dead rows in the catalog, so a new database is opened regularly. */
const WORLDS_PER_ROUND = 500;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
  process.stderr.write('usage: npm run fuzz -- --minutes 5 [--seed 42]\n');
  process.exit(2);
}

const begin = performance.now();
const end = begin + minutes * 60_000;
let compared = 0;
let reported = begin;

process.stdout.write(`seed ${seed}\n`);
for (let round = 0; performance.now() < end; round += 1) {
  const all = await allEnforcers();
  const { tally, wrong } = await compareEnforcers({
    plan: smallWorld,
    enforcers: all.enforcers,
    // The first round equals the round of a test with this seed.
    seed: seed + round,
    worlds: WORLDS_PER_ROUND,
    milliseconds: end - performance.now(),
    onWorld(tally) {
      if (performance.now() - reported < 15_000) return;
      reported = performance.now();
      const rate = (compared + tally.cases) / ((reported - begin) / 1000);
      process.stdout.write(`${Math.round(rate)} cases/s; seed ${seed + round}: ${tally}\n`);
    },
  });
  if (wrong) {
    const file = await keepRegression(wrong.found.enforcer, wrong.world);
    process.stdout.write(`${showDisagreement(wrong.world, wrong.found)}\n`);
    process.stdout.write(`seed ${seed + round}; kept as ${file}\n`);
    process.exit(1);
  }
  await all.close();
  compared += tally.cases;
  process.stdout.write(`seed ${seed + round} done: ${tally}\n`);
}
const seconds = (performance.now() - begin) / 1000;
process.stdout.write(`${compared} cases agree, ${Math.round(compared / seconds)} a second\n`);
