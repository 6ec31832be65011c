import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guardQuery } from '../../src/sync/guard-query.ts';
import { readingEnforcer } from './enforcers/as-enforcer.ts';
import type { ReadEnforcer } from './enforcers/world-query.ts';
import { zeroServer } from './enforcers/zero-server.ts';
import { zeroSqlite } from './enforcers/zero-sqlite.ts';
import { isCaught, isCaughtWith } from './mutants/caught.ts';
import { claimMutants } from './mutants/claim-mutants.ts';
import { queryMutants } from './mutants/query-mutants.ts';
import { readMutants } from './mutants/rule-mutants.ts';
import { smallWorld } from './small-world.ts';

const { tables } = smallWorld;

describe.each([
  { name: 'Zero on Postgres', make: zeroServer },
  { name: 'Zero on SQLite', make: zeroSqlite },
])('$name that', ({ name, make }) => {
  let place: ReadEnforcer;
  let guard: typeof guardQuery;
  beforeAll(async () => {
    place = await make(tables, (...asked) => guard(...asked));
  });
  beforeEach(() => {
    guard = guardQuery;
  });
  afterAll(() => place.close());

  test.each([...readMutants, ...claimMutants])('$name is caught', async (mutant) => {
    expect(await isCaughtWith(readingEnforcer(name, place), mutant, 'read')).toBe(true);
  });

  test.each(queryMutants)('$name is caught', async (mutant) => {
    guard = mutant.guard;
    expect(await isCaught(readingEnforcer(name, place))).toBe(true);
  });
});
