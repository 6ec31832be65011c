import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareEnforcers } from '../../src/testing/access/compare-enforcers.ts';
import { compareWorld } from '../../src/testing/access/compare-world.ts';
import { Coverage } from '../../src/testing/access/coverage/coverage.ts';
import { showDisagreement } from '../../src/testing/access/show-disagreement.ts';
import { allEnforcers, type AllEnforcers } from './enforcers/all-enforcers.ts';
import { keepRegression, regressions } from './regression.ts';
import { smallWorld } from './small-world.ts';

let all: AllEnforcers;
beforeAll(async () => {
  all = await allEnforcers();
});
afterAll(() => all.close());

test.each(await regressions())('agreed once $name', async ({ world }) => {
  const found = await compareWorld(world, all.enforcers);
  if (found) expect.fail(showDisagreement(world, found));
});

/** A new seed every day. All runs of a day, such as those of a pull request, use the same one. */
const seed = Number(process.env['ACCESS_SEED'] ?? Math.floor(Date.now() / 86_400_000));
/** Each has rules of its own. Less than half as many usually cover what is required. */
const WORLDS = 120;
const coverage = new Coverage();

test(`every enforcer agrees with the oracle (ACCESS_SEED=${seed})`, async () => {
  const { wrong } = await compareEnforcers({
    plan: { ...smallWorld, coverage },
    enforcers: all.enforcers,
    seed,
    worlds: WORLDS,
    isEnough: () => coverage.missingPairs().length + coverage.missingItems().length === 0,
  });
  if (!wrong) return;
  const { world, found } = wrong;
  const file = await keepRegression(found.enforcer, world);
  expect.fail(`${showDisagreement(world, found)}\nkept as ${file}; ACCESS_SEED=${seed}`);
}, 300_000);

/** `npm run fuzz` requires every combination, not only every pair. */
test('the questions covered every pair of values and every item', () => {
  expect(coverage.missingPairs(), String(coverage)).toEqual([]);
  expect(coverage.missingItems(), String(coverage)).toEqual([]);
});
