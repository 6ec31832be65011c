import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardQuery } from '../../src/guard/guard-query.ts';
import type { World } from '../../src/testing/access/world.ts';
import { readingEnforcer } from './enforcers/as-enforcer.ts';
import { readingAst, type ReadEnforcer } from './enforcers/world-query.ts';
import { zeroServer } from './enforcers/zero-server.ts';
import { zeroSqlite } from './enforcers/zero-sqlite.ts';
import { isCaught, isCaughtWith } from './mutants/caught.ts';
import { claimMutants } from './mutants/claim-mutants.ts';
import { queryMutants, type QueryMutant } from './mutants/query-mutants.ts';
import { readMutants } from './mutants/rule-mutants.ts';
import { smallWorld } from './small-world.ts';

const { tables } = smallWorld;

describe.each([
  { name: 'Zero on Postgres', make: zeroServer },
  { name: 'Zero on SQLite', make: zeroSqlite },
])('$name that', ({ name, make }) => {
  let place: ReadEnforcer;
  let guard = guardQuery;
  beforeAll(async () => {
    place = await make(tables, (...asked) => guard(...asked));
  });
  afterAll(() => place.close());

  test.each([...readMutants, ...claimMutants])('$name is caught', async (mutant) => {
    expect(await isCaughtWith(readingEnforcer(name, place), mutant, 'read')).toBe(true);
  });

  test.each(queryMutants)('$name is caught', async (mutant) => {
    const sound = readingEnforcer(name, place);
    const wrong = readingEnforcer(name, {
      ...place,
      answer: (...asked) => {
        guard = mutant.guard;
        return place.answer(...asked).finally(() => (guard = guardQuery));
      },
    });
    expect(await isCaught(wrong, sound, (world) => tellingOf(world, mutant))).toBe(true);
  });
});

/** The world once per principal, with only the readings that the mistake affects. */
function tellingOf(world: World, { guard }: QueryMutant): readonly World[] {
  return world.principals.flatMap((claims) => {
    const readings = world.readings.filter((reading) => {
      const ast = readingAst(reading);
      const sound = guardQuery(ast, world.rules, claims);
      return !isDeepStrictEqual(guard(ast, world.rules, claims), sound);
    });
    return readings.length > 0 ? [{ ...world, principals: [claims], readings, writes: [] }] : [];
  });
}
