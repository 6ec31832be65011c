import { isDeepStrictEqual } from 'node:util';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { PostgresWorld } from '../../src/testing/access/postgres-world.ts';
import type { World } from '../../src/testing/access/world.ts';
import { writingEnforcer } from './enforcers/as-enforcer.ts';
import { mutationGuard, type WriteEnforcer } from './enforcers/mutation-guard.ts';
import { oracle } from './enforcers/oracle.ts';
import { rls, rlsStatements } from './enforcers/rls.ts';
import { isCaught, isCaughtWith, tellingOf } from './mutants/caught.ts';
import { claimMutants } from './mutants/claim-mutants.ts';
import { mutated } from './mutants/mutant.ts';
import { rlsMutants } from './mutants/rls-mutants.ts';
import { readMutants, writeMutants } from './mutants/rule-mutants.ts';
import { smallWorld } from './small-world.ts';

const shared = [...readMutants, ...writeMutants, ...claimMutants];

test('the oracle agrees with itself', async () => {
  expect(await isCaught(oracle, oracle)).toBe(false);
});

describe('an oracle that', () => {
  test.each(shared)('$name is caught', async (mutant) => {
    expect(await isCaught(mutated(oracle, mutant), oracle)).toBe(true);
  });
});

describe('a Postgres that', () => {
  let client: PGlite;
  let postgres: PostgresWorld;
  beforeAll(async () => {
    client = await blankPostgres();
    postgres = new PostgresWorld(client);
  });
  afterAll(() => client.close());

  test.each(shared)('$name is caught', async (mutant) => {
    expect(await isCaughtWith(rls(postgres), mutant)).toBe(true);
  });

  test.each(rlsMutants)('$name is caught', async ({ name, change, within }) => {
    const wrong = rls(postgres, `rls (${name})`, change);
    const telling = async (world: World): Promise<readonly World[]> => {
      const statements = rlsStatements(world);
      if (isDeepStrictEqual(change(statements), statements)) return [];
      return within ? tellingOf(world, within) : [world];
    };
    expect(await isCaught(wrong, rls(postgres), telling)).toBe(true);
  });
});

describe('a mutation guard that', () => {
  let place: WriteEnforcer;
  beforeAll(async () => {
    place = await mutationGuard(smallWorld.tables);
  });
  afterAll(() => place.close());

  test.each(shared)('$name is caught', async (mutant) => {
    expect(await isCaughtWith(writingEnforcer('mutation guard', place), mutant, 'write')).toBe(
      true,
    );
  });
});
