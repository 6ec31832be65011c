import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareEnforcers } from '../../src/testing/access/compare-enforcers.ts';
import { compareWorld } from '../../src/testing/access/compare-world.ts';
import { showDisagreement } from '../../src/testing/access/show-disagreement.ts';
import type { Tally } from '../../src/testing/access/tally.ts';
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

/** `npm run fuzz` continues with further seeds. */
const CASES = 800;
let tally: Tally;

/** A new seed every day. All runs of a day, such as those of a pull request, use the same one. */
const seed = Number(process.env['ACCESS_SEED'] ?? Math.floor(Date.now() / 86_400_000));

test(`every enforcer agrees with the oracle in ${CASES} cases (ACCESS_SEED=${seed})`, async () => {
  const compared = await compareEnforcers({
    plan: smallWorld,
    enforcers: all.enforcers,
    seed,
    cases: CASES,
  });
  tally = compared.tally;
  if (!compared.wrong) return;
  const { world, found } = compared.wrong;
  const file = await keepRegression(found.enforcer, world);
  expect.fail(`${showDisagreement(world, found)}\nkept as ${file}; ACCESS_SEED=${seed}`);
}, 120_000);

test('both allowed and refused cases are frequent', () => {
  expect(tally.cases).toBeGreaterThanOrEqual(CASES);
  for (const operation of ['read', 'insert', 'update', 'delete'] as const) {
    expect(tally.share(operation), `${operation}: ${tally}`).toBeGreaterThan(0.25);
  }
  expect(tally.share(), String(tally)).toBeGreaterThan(0.3);
});
