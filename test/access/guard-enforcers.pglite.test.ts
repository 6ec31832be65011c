import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { compareEnforcers } from '../../src/testing/access/compare-enforcers.ts';
import type { Enforcer } from '../../src/testing/access/enforcer.ts';
import {
  guardedReadEnforcers,
  mutationGuardEnforcer,
} from '../../src/testing/access/guard-enforcers.ts';
import { PostgresWorld } from '../../src/testing/access/postgres-world.ts';
import { showDisagreement } from '../../src/testing/access/show-disagreement.ts';
import { mapRules } from './map-rules.ts';
import { mutated, type Mutant } from './mutants/mutant.ts';
import { smallWorld } from './small-world.ts';

/** The guards that `compareAccess` compares in addition to the database, on tables of the test. */
let enforcers: readonly Enforcer[];
let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
  const postgres = new PostgresWorld(client);
  enforcers = [
    mutationGuardEnforcer(postgres),
    ...(await guardedReadEnforcers(postgres, smallWorld.tables)),
  ];
});
afterAll(() => client.close());

const compare = (asked: readonly Enforcer[]) =>
  compareEnforcers({ plan: smallWorld, enforcers: asked, seed: 11, worlds: 8 });

test('the guards that users compare agree with the oracle', async () => {
  const { wrong, tally } = await compare(enforcers);
  if (wrong) expect.fail(showDisagreement(wrong.world, wrong.found));
  expect(tally.cases).toBeGreaterThan(200);
});

const forgetful: Mutant = {
  name: 'forgets the last part of every and()',
  rules: (rules) =>
    mapRules(rules, (rule) =>
      rule.op === 'and' ? { ...rule, rules: rule.rules.slice(0, -1) } : rule,
    ),
};

test.each([0, 1, 2])('and are caught when they are wrong (%i)', async (at) => {
  const { wrong } = await compare([mutated(enforcers[at] as Enforcer, forgetful)]);
  expect(wrong?.found.said).not.toBeInstanceOf(Error);
  expect(wrong?.found.enforcer).toContain(forgetful.name);
});
