import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { guardedDecrement, reservations } from '../../src/server.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { install } from '../kit/install.ts';
import { budgets, holds, limitSchema, tickets } from './limit-tables.ts';

let client: PGlite;
let db: AnyDatabase;
const TEAM = newId();
const budget = reservations(budgets, holds);
beforeAll(async () => {
  client = await blankPostgres();
  await install(client, limitSchema);
  db = drizzle(client);
});
beforeEach(() =>
  client.exec(`truncate budgets cascade; insert into budgets values ('${TEAM}', 10, 0, 0)`),
);
afterAll(() => client.close());

const hold = (id: string, amount: string | number, lifetime = 60_000) =>
  budget.hold(db, { id, budget: TEAM, amount, lifetime });
const totals = async () =>
  (await client.query('select spent::float8, held::float8 from budgets')).rows[0];

test('an amount is held, settled and counted once, however often it is called', async () => {
  const id = newId();
  expect(await hold(id, '4')).toEqual({ held: true, free: '6.000000000' });
  expect(await hold(id, 4)).toEqual({ held: true, free: '6.000000000' });
  expect(await totals()).toEqual({ spent: 0, held: 4 });
  expect(await budget.settle(db, id, '2.5')).toEqual({ state: 'settled', changed: true });
  expect(await budget.settle(db, id, '2.5')).toEqual({ state: 'settled', changed: false });
  expect(await budget.release(db, id)).toEqual({ state: 'settled', changed: false });
  expect(await totals()).toEqual({ spent: 2.5, held: 0 });
  expect(await hold(id, 4)).toEqual({ held: true, free: '7.500000000' });
});

test('a budget refuses what it does not have, and a released amount is free again', async () => {
  const [one, other] = [newId(), newId()];
  await hold(one, 7);
  expect(await hold(other, 4)).toEqual({ held: false, free: '3.000000000' });
  expect(await budget.release(db, one)).toEqual({ state: 'released', changed: true });
  expect(await budget.release(db, one)).toEqual({ state: 'released', changed: false });
  expect(await hold(other, 4)).toMatchObject({ held: true });
  expect(await hold(one, 7)).toEqual({ held: false, free: '6.000000000', state: 'released' });
});

test('an expired reservation frees its amount, and can still be settled', async () => {
  const [one, other] = [newId(), newId()];
  await hold(one, 8);
  await client.exec(`update holds set expires_at = now() - interval '1 second'`);
  // The next hold needs the amount, so it frees expired ones itself.
  expect(await hold(other, 9)).toMatchObject({ held: true });
  expect(await totals()).toEqual({ spent: 0, held: 9 });
  expect(await budget.expire(db)).toBe(0);
  // The work was done after all: what was spent counts.
  expect(await budget.settle(db, one, 3)).toEqual({ state: 'settled', changed: true });
  expect(await totals()).toEqual({ spent: 3, held: 9 });
});

test('random calls keep the sums of the reservations, and holds never exceed the total', async () => {
  const ids = Array.from({ length: 6 }, () => newId());
  const call = fc.record({
    what: fc.constantFrom('hold', 'settle', 'release', 'late', 'expire'),
    id: fc.constantFrom(...ids),
    amount: fc.integer({ min: 0, max: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 5, maxLength: 25 }), async (calls) => {
      await client.exec('truncate holds; update budgets set spent = 0, held = 0');
      const amounts = new Map<string, number>();
      for (const { what, id, amount } of calls) {
        if (what === 'hold') {
          const first = amounts.get(id) ?? amount;
          const { held } = await hold(id, first);
          if (held) amounts.set(id, first);
        } else if (what === 'late') {
          await client.query(`update holds set expires_at = now() - interval '1 s' where id = $1`, [
            id,
          ]);
        } else if (what === 'expire') await budget.expire(db);
        else if (amounts.has(id)) {
          await (what === 'settle'
            ? budget.settle(db, id, Math.min(amount, amounts.get(id)!))
            : budget.release(db, id));
        }
        const { rows } = await client.query(`select
          b.held = (select coalesce(sum(amount), 0) from holds where state = 'held') as held,
          b.spent = (select coalesce(sum(settled), 0) from holds) as spent from budgets b`);
        expect(rows).toEqual([{ held: true, spent: true }]);
      }
    }),
    { numRuns: 15, seed: 5 },
  );
});

test('bad input is a problem with its code', async () => {
  const id = newId();
  const code = (expected: string) => ({ problem: { code: `limits/${expected}` } });
  await expect(hold(id, -1)).rejects.toMatchObject(code('amount'));
  await expect(hold(id, Number.NaN)).rejects.toMatchObject(code('amount'));
  await expect(hold(id, '1e3')).rejects.toMatchObject(code('amount'));
  await expect(hold(id, 1, 0)).rejects.toMatchObject(code('duration'));
  await expect(hold('x', 1)).rejects.toMatchObject(code('id'));
  await expect(budget.settle(db, id, 1)).rejects.toMatchObject(code('no-reservation'));
  await expect(
    budget.hold(db, { id, budget: newId(), amount: 1, lifetime: 1 }),
  ).rejects.toMatchObject(code('no-budget'));
  await hold(id, 1);
  await expect(hold(id, 2)).rejects.toMatchObject(code('reused-id'));
  expect(await hold(newId(), 0.000000001)).toMatchObject({ held: true });
});

test('a counter is never decremented below zero', async () => {
  const id = newId();
  await client.query('insert into tickets values ($1, 2)', [id]);
  const use = guardedDecrement(tickets.id, tickets.left);
  expect([await use(db, id), await use(db, id), await use(db, id)]).toEqual([
    { done: true, left: '1' },
    { done: true, left: '0' },
    { done: false, left: '0' },
  ]);
  await expect(use(db, newId())).rejects.toMatchObject({ problem: { code: 'limits/no-row' } });
  await expect(use(db, id, -1)).rejects.toMatchObject({ problem: { code: 'limits/amount' } });
});
