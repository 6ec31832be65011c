import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessDenied } from '../../src/guard/access-denied.ts';
import { guardSql } from '../../src/guard/guard-sql.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { accessRules } from '../../src/read/drizzle/read-access.ts';
import { boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { and, anyone, defineAccess, eq, not } from '../../src/kit/index.ts';

const { access } = defineAccess();
const orders = pgTable(
  'orders',
  { id: uuid('id').primaryKey(), sent: boolean('sent').notNull(), note: text('note') },
  (t) => [
    ...access(t, {
      read: anyone,
      update: { from: not(eq(t.sent, true)), to: and(anyone) },
      delete: not(eq(t.sent, true)),
    }),
  ],
).enableRLS();
const rules = accessRules({ orders });
const ID = '00000000-0000-4000-8000-000000000001';

let sql: postgres.Sql;
beforeAll(async () => {
  const server = await sharedPostgres();
  sql = postgres(await server.createDatabase(), { max: 3, onnotice: () => {} });
  await sql`create table orders (id uuid primary key, sent boolean not null, note text)`;
});
afterAll(() => sql.end());

const guarded = (tx: postgres.TransactionSql) =>
  guardSql({ query: (text, params) => tx.unsafe(text, params as never[]) }, rules, {}).mutate;

/** Resolves when a session waits for a lock. */
async function lockWait(): Promise<void> {
  for (;;) {
    const [found] = await sql`select from pg_stat_activity where wait_event_type = 'Lock'`;
    if (found) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * The first writer sends the order, after which nobody may change it. The second one starts
 * before the first one commits: it has to wait for the row, and is then refused.
 */
test.each([
  ['update', { id: ID, note: 'late' }],
  ['delete', { id: ID }],
] as const)(
  'an %s waits for another writer of the row, and sees its change',
  async (write, row) => {
    await sql`delete from orders`;
    await sql`insert into orders values (${ID}, false, null)`;
    let second: Promise<unknown> | undefined;
    await sql.begin(async (tx) => {
      await guarded(tx).orders?.update({ id: ID, sent: true });
      second = sql
        .begin(async (other) => guarded(other).orders?.[write](row))
        .catch((error: unknown) => error);
      await lockWait();
    });
    expect(await second).toBeInstanceOf(AccessDenied);
    expect(await sql`select sent, note from orders`).toEqual([{ sent: true, note: null }]);
  },
);

test('a writer that waited for a row that stays open is allowed', async () => {
  await sql`delete from orders`;
  await sql`insert into orders values (${ID}, false, null)`;
  let second: Promise<unknown> | undefined;
  await sql.begin(async (tx) => {
    await guarded(tx).orders?.update({ id: ID, note: 'first' });
    second = sql.begin(async (other) => guarded(other).orders?.update({ id: ID, note: 'second' }));
    await lockWait();
  });
  await second;
  expect(await sql`select sent, note from orders`).toEqual([{ sent: false, note: 'second' }]);
});
