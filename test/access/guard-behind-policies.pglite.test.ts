import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { compareEnforcers, worlds } from '../../src/testing/access/compare-enforcers.ts';
import { compareWorld } from '../../src/testing/access/compare-world.ts';
import { showDisagreement } from '../../src/testing/access/show-disagreement.ts';
import { guardBehindPolicies } from './enforcers/guard-behind-policies.ts';
import { smallWorld } from './small-world.ts';

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
});
afterAll(() => client.close());

const seed = Number(process.env['ACCESS_SEED'] ?? Math.floor(Date.now() / 86_400_000));

test(`a guarded write with the application role follows the rules (ACCESS_SEED=${seed})`, async () => {
  const { wrong, tally } = await compareEnforcers({
    plan: smallWorld,
    enforcers: [guardBehindPolicies(client)],
    seed,
    cases: Number(process.env['ACCESS_CASES'] ?? 300),
  });
  if (wrong) {
    expect.fail(`${showDisagreement(wrong.world, wrong.found)}\nACCESS_SEED=${seed}`);
  }
  for (const operation of ['insert', 'update', 'delete'] as const) {
    expect(tally.share(operation), String(tally)).toBeGreaterThan(0.2);
  }
});

test('it would not if rules over raw rows were evaluated with that role too', async () => {
  const careless = guardBehindPolicies(client, false);
  let found: unknown;
  let count = 0;
  for (const world of worlds(smallWorld, seed)) {
    found = await compareWorld(world, [careless]);
    count += 1;
    if (found !== undefined || count === 300) break;
  }
  expect(found).toBeDefined();
});
