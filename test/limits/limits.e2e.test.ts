import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { guardedDecrement, reservations, tokenBucket } from '../../src/server.ts';
import { install } from '../kit/install.ts';
import { budgets, holds, limitSchema, rateLimits, tickets } from './limit-tables.ts';

let sql: postgres.Sql;
let one: postgres.Sql;
beforeAll(async () => {
  const url = await (await sharedPostgres()).createDatabase();
  sql = postgres(url, { max: 50, onnotice: () => {} });
  one = postgres(url, { max: 1, onnotice: () => {} });
  await install({ exec: (text: string) => one.unsafe(text).simple() } as never, limitSchema);
});
afterAll(() => Promise.all([sql.end(), one.end()]));

const fifty = <Result>(run: (at: number) => Promise<Result>): Promise<readonly Result[]> =>
  Promise.all(Array.from({ length: 50 }, (_, at) => run(at)));

test.each([
  ['a client', () => sql],
  ['Drizzle', () => drizzle(sql)],
] as const)('50 concurrent callers of %s take exactly the capacity', async (name, database) => {
  const bucket = tokenBucket(rateLimits, { name, capacity: 20, refill: 1, per: 3_600_000 });
  // The first round also creates the row at the same time.
  for (const key of ['a', 'b', 'c']) {
    const taken = await fifty(() => bucket.take(database(), key));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(20);
  }
  const costs = await fifty((at) => bucket.take(database(), 'd', { cost: (at % 3) + 1 }));
  const sum = costs.reduce((all, { allowed }, at) => all + (allowed ? (at % 3) + 1 : 0), 0);
  expect(sum).toBe(20);
});

test('a transaction that takes and rolls back gives the tokens back', async () => {
  const bucket = tokenBucket(rateLimits, { name: 'tx', capacity: 1, refill: 1, per: 3_600_000 });
  const db = drizzle(sql);
  const stopped = db.transaction(async (tx) => {
    expect((await bucket.take(tx, 'a')).allowed).toBe(true);
    throw new Error('stop');
  });
  await expect(stopped).rejects.toThrow('stop');
  expect((await bucket.take(db, 'a')).allowed).toBe(true);
  expect((await bucket.take(db, 'a')).allowed).toBe(false);
});

test('200 concurrent holds against a budget of 100 are exactly 100', async () => {
  const team = newId();
  await sql`insert into budgets values (${team}, 100, 0, 0)`;
  const budget = reservations(budgets, holds);
  const held = await Promise.all(
    Array.from({ length: 200 }, () =>
      budget.hold(sql, { id: newId(), budget: team, amount: 1, lifetime: 60_000 }),
    ),
  );
  expect(held.filter((one) => one.held)).toHaveLength(100);
});

test('50 concurrent holds with one id hold once, also inside transactions', async () => {
  const team = newId();
  await sql`insert into budgets values (${team}, 100, 0, 0)`;
  const budget = reservations(budgets, holds);
  const db = drizzle(sql);
  for (const inTransaction of [false, true]) {
    const id = newId();
    const hold = (own: typeof db) =>
      budget.hold(own, { id, budget: team, amount: 7, lifetime: 60_000 });
    const held = await fifty(() =>
      inTransaction ? db.transaction((tx) => hold(tx as never)) : hold(db),
    );
    expect(held.every((one) => one.held)).toBe(true);
    const settled = await fifty(() => budget.settle(sql, id, 5));
    expect(settled.filter(({ changed }) => changed)).toHaveLength(1);
  }
  const [row] = await sql`select spent::int, held::int from budgets where id = ${team}`;
  expect(row).toEqual({ spent: 10, held: 0 });
});

test('expiry, settling and holding at once neither deadlock nor lose an amount', async () => {
  const teams = [newId(), newId(), newId()];
  for (const team of teams) await sql`insert into budgets values (${team}, 1000, 0, 0)`;
  const budget = reservations(budgets, holds);
  await fifty(async (at) => {
    const id = newId();
    await budget.hold(sql, { id, budget: teams[at % 3]!, amount: 3, lifetime: 1 + (at % 5) });
    await budget.expire(sql);
    await (at % 2 ? budget.settle(sql, id, 2) : budget.release(sql, id));
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await budget.expire(sql);
  const rows = await sql`select b.held::int, b.spent = (
      select coalesce(sum(settled), 0) from holds where budget_id = b.id) as spent
    from budgets b where b.id in ${sql(teams)}`;
  expect(rows.map((row) => ({ ...row }))).toEqual(teams.map(() => ({ held: 0, spent: true })));
});

test('of 50 concurrent callers, as many get a ticket as there are', async () => {
  const id = newId();
  await sql`insert into tickets values (${id}, 30)`;
  const use = guardedDecrement(tickets.id, tickets.left);
  const used = await fifty(() => use(sql, id));
  expect(used.filter(({ done }) => done)).toHaveLength(30);
});
