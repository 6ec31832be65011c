import type { PGlite } from '@electric-sql/pglite';
import { integer, text } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  anyone,
  defineAccess,
  id,
  indexOn,
  monitoringViews,
  pgTable,
  uniqueOn,
} from '../../src/kit/index.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { deriveTests } from '../../src/testing/schema/derive-tests.ts';
import { readDerived } from '../../src/testing/schema/read-derived.ts';
import { install } from './install.ts';

const { access } = defineAccess();
// A name that the query of the seed would not find, because it is not quoted there.
const orders = pgTable(
  'Orders',
  { id: id(), code: text('code').notNull(), state: integer('state').notNull() },
  (t) => [uniqueOn(t.code), indexOn(t.state), ...access(t, { read: anyone, insert: anyone })],
).enableRLS();
const views = monitoringViews({ operator: 'shop_operator' });
const exports = { orders, ...views };

let client: PGlite;
let db: ReturnType<typeof drizzle>;
beforeAll(async () => {
  client = await blankPostgres();
  db = drizzle(client);
  await install(client, exports);
  await client.exec(`insert into "Orders" select gen_random_uuid(), n, n from generate_series(1, 50) n;
    create table parted (at timestamptz) partition by range (at);
    create index parted_at on parted (at);
    create table parted_one partition of parted for values from ('2026-01-01') to ('2026-02-01');
    analyze; select count(*) from "Orders"; select pg_stat_force_next_flush();
    set role shop_operator`);
});
afterAll(() => client.close());

test('the operator reads sizes and rows of every table', async () => {
  const rows = await db.select().from(views.performanceMonitoring);
  expect(rows.find(({ tablename }) => tablename === 'Orders')).toMatchObject({
    schemaname: 'public',
    rowCount: 50,
    deadRows: 0,
    size: expect.stringMatching(/ kB$/),
  });
});

test('the operator reads the use of every index', async () => {
  const usage = await db.select().from(views.indexUsageSummary);
  expect(usage.map(({ indexname }) => indexname).toSorted()).toEqual([
    'Orders_code_unique',
    'Orders_pkey',
    'idx_Orders_state',
    'parted_one_at_idx',
  ]);
  expect(usage[0]).toMatchObject({ tablename: 'Orders', tuplesRead: expect.any(Number) });
});

test('unused indexes are those that no constraint needs, once for all partitions', async () => {
  const unused = await db.select().from(views.unusedIndexes);
  expect(unused.map(({ tablename, indexname }) => `${tablename} ${indexname}`).toSorted()).toEqual([
    'Orders idx_Orders_state',
    'parted parted_at',
  ]);
  expect(unused[0]?.definition).toMatch(/^CREATE INDEX /);
});

test('tables that queries read in full, and statements that run long', async () => {
  const slow = await db.select().from(views.slowTables);
  const table = slow.find(({ tablename }) => tablename === 'Orders');
  expect(table?.fullScans).toBeGreaterThan(0);
  expect(table?.rowsPerScan).toBeGreaterThan(0);
  // PGlite has one connection, and a statement does not list itself.
  expect(await db.select().from(views.slowQueries)).toEqual([]);
});

test('the operator sees no rows, and no other role sees the views', async () => {
  const codeOf = async (role: string, statement: string): Promise<unknown> => {
    try {
      await client.exec(`begin; set local role ${role}; ${statement}`);
      return 'allowed';
    } catch (error) {
      return (error as { readonly code: string }).code;
    } finally {
      await client.exec('rollback');
    }
  };
  expect(await codeOf('shop_operator', 'select id from "Orders"')).toBe('42501');
  expect(await codeOf('shop_operator', 'create table more (id int)')).toBe('42501');
  await client.exec('reset role; create role visitor');
  for (const view of ['performance_monitoring', 'index_usage_summary', 'slow_queries']) {
    expect(await codeOf('app_user', `table ${view}`)).toBe('42501');
    expect(await codeOf('visitor', `table ${view}`)).toBe('42501');
    expect(await codeOf('shop_operator', `table ${view}`)).toBe('allowed');
  }
});

test('the derived tests compare the views and their grants', async () => {
  const failures = async () => {
    const report = await deriveTests({ client, db }, readDerived(exports), {
      parts: ['catalog'],
      zero: false,
    });
    return report.failures.map(({ subject }) => subject);
  };
  await client.exec('drop table parted');
  expect(await failures()).toEqual([]);
  await client.exec('grant select on slow_queries to app_user');
  expect(await failures()).toEqual(['catalog grants on slow_queries']);
});

test('the role of an operator needs a name of its own', () => {
  expect(() => monitoringViews({ operator: 'pg_monitor' })).toThrow(/additional database role/);
});
