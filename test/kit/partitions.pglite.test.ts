import type { PGlite } from '@electric-sql/pglite';
import { integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import {
  appendOnly,
  defineAccess,
  id,
  instant,
  owner,
  partitioned,
  pgTable,
  uniqueOn,
} from '../../src/kit/index.ts';
import { dropPartitions } from '../../src/postgres/partitions/drop-partitions.ts';
import { makePartitions } from '../../src/postgres/partitions/make-partitions.ts';
import { compareSchemas } from '../../src/read/catalog/compare-schemas.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { deriveTests } from '../../src/testing/schema/derive-tests.ts';
import { readDerived } from '../../src/testing/schema/read-derived.ts';
import { catalogOf, definitionsOf } from '../catalog/made-database.ts';
import { kit, madeProject, type MadeProject } from './made-project.ts';

const { access } = defineAccess();
const requests = pgTable(
  'requests',
  {
    id: uuid('id').notNull(),
    at: instant('created_at').notNull(),
    ownerId: uuid('owner_id').notNull(),
    status: integer('status').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.at] }),
    ...partitioned(t.at, 'month'),
    ...appendOnly(t),
    ...access(t, { read: owner(t.ownerId), insert: owner(t.ownerId) }),
  ],
).enableRLS();
const days = pgTable(
  'days',
  { id: uuid('id').notNull(), at: instant('at').notNull(), note: text('note') },
  (t) => [primaryKey({ columns: [t.id, t.at] }), ...partitioned(t.at, 'day')],
);
const exports = { requests, days };

const schema = (every = 'month', wrap = (rule: string) => rule): string => `
import * as pg from 'drizzle-orm/pg-core';
import { appendOnly, defineAccess, instant, owner, partitioned, pgTable } from ${kit};
const { access } = defineAccess();
export const requests = pgTable('requests', {
  id: pg.uuid('id').notNull(), at: instant('created_at').notNull(),
  ownerId: pg.uuid('owner_id').notNull(), status: pg.integer('status').notNull(),
}, (t) => [
  pg.primaryKey({ columns: [t.id, t.at] }),
  ${wrap(`...partitioned(t.at, '${every}'),`)}
  ...appendOnly(t),
  ...access(t, { read: owner(t.ownerId), insert: owner(t.ownerId) }),
]).enableRLS();
export const days = pgTable('days', { id: pg.uuid('id').notNull(), at: instant('at').notNull(), note: pg.text('note') }, (t) => [
  pg.primaryKey({ columns: [t.id, t.at] }), ...partitioned(t.at, 'day'),
]);
`;

let client: PGlite;
let made: MadeProject;
beforeAll(async () => {
  client = await blankPostgres();
  made = madeProject(client);
  await made.become(schema());
});
afterAll(async () => {
  made[Symbol.dispose]();
  await client.close();
});

const sql = {
  async unsafe(statements: string) {
    const results = await client.exec(statements);
    return results.at(-1)!.rows as Record<string, unknown>[];
  },
};
const partitions = async (table: string): Promise<readonly string[]> =>
  (
    await sql.unsafe(`select inhrelid::regclass::text as part from pg_inherits
    where inhparent = '${table}'::regclass order by 1`)
  ).map(({ part }) => String(part));

test('garden generate writes PARTITION BY and the first partitions; the catalog reads it back', async () => {
  const files = Object.values(made.project.migrations()).join('');
  expect(files).toContain(') PARTITION BY RANGE ("created_at");');
  expect(await made.check()).toMatchObject({ code: 0 });
  const options = { expressions: false };
  expect(compareSchemas(definitionsOf(exports), await catalogOf(client), options)).toEqual([]);
  expect(await partitions('requests')).toHaveLength(4);
  const month = new Date().toISOString().slice(0, 7).replace('-', '_');
  expect((await partitions('requests'))[0]).toBe(`requests_p${month}`);
});

test('a table that is no longer partitioned cannot be migrated', async () => {
  made.project.write({ 'schema.ts': schema('month', () => '') });
  const { code, out } = await made.check();
  expect(code).toBe(1);
  expect(out).toContain('partition');
  made.project.write({ 'schema.ts': schema() });
});

test('partitions are made ahead, once', async () => {
  expect(await makePartitions(sql, requests, { ahead: 5 })).toHaveLength(2);
  expect(await makePartitions(sql, 'public.requests', { ahead: 5 })).toEqual([]);
  expect(await makePartitions(sql, days, { ahead: 40 })).toHaveLength(37);
  await expect(makePartitions(sql, requests, { ahead: -1 })).rejects.toThrow('ahead is -1');
  await expect(makePartitions(sql, 'pg_class')).rejects.toThrow('no partitions of a fixed length');
});

test('a month without a partition is an error that names the time', async () => {
  const insert = client.exec(
    "insert into requests values (gen_random_uuid(), '2001-02-03', gen_random_uuid(), 200)",
  );
  await expect(insert).rejects.toMatchObject({
    code: '23514',
    message: 'no partition of relation "requests" found for row',
    detail: expect.stringContaining('2001-02-03'),
  });
});

const ME = '0198b5a3-0000-7000-8000-000000000001';
const asUser = async (statement: string): Promise<unknown> => {
  try {
    await client.exec(`begin; set local role app_user;
      select set_config('request.jwt.claims', '{"sub":"${ME}"}', true)`);
    return (await client.query(statement)).rows.length;
  } catch (error) {
    return (error as { readonly code: string }).code;
  } finally {
    await client.exec('rollback');
  }
};

test('policies apply through the table, and a partition alone shows nothing', async () => {
  const [part] = await partitions('requests');
  await client.exec(`insert into requests values
    (gen_random_uuid(), now(), '${ME}', 200), (gen_random_uuid(), now(), gen_random_uuid(), 200)`);
  expect(await asUser('select id from requests')).toBe(1);
  expect(await asUser(`select id from ${part}`)).toBe('42501');
  expect(await asUser(`delete from ${part}`)).toBe('42501');
  // As on Supabase, where every new table is granted.
  await client.exec(`grant all on ${part} to app_user`);
  expect(await asUser(`select id from ${part}`)).toBe(0);
  expect(await asUser(`insert into ${part} values (gen_random_uuid(), now(), '${ME}', 1)`)).toBe(
    '42501',
  );
  await client.exec(`revoke all on ${part} from app_user`);
});

test('privileges that the server grants on new tables are revoked from partitions', async () => {
  await client.exec('alter default privileges grant all on tables to app_user');
  const [part] = await makePartitions(sql, requests, { ahead: 6 });
  expect(await asUser(`select id from ${part}`)).toBe('42501');
  await client.exec('alter default privileges revoke all on tables from app_user');
});

test('old partitions are dropped, also after an interruption', async () => {
  await client.exec("select public.make_partitions('requests', 2, '2025-01-15')");
  await client.exec('alter table requests detach partition requests_p2025_02');
  const dropped = await dropPartitions(sql, requests, { before: new Date('2025-03-01') });
  expect(dropped).toEqual(['requests_p2025_01', 'requests_p2025_02']);
  expect(await partitions('requests')).toContain('requests_p2025_03');
  expect(await dropPartitions(sql, requests, { before: new Date('2025-03-31') })).toEqual([]);
});

test('the derived tests cover a partitioned table, and Zero does not sync it', async () => {
  await client.exec('truncate requests');
  const derived = readDerived(exports);
  const { failures } = await deriveTests({ client, db: drizzle(client) }, derived, {
    zero: false,
    parts: ['catalog', 'rows', 'validators'],
    open: ['days'],
  });
  expect(failures).toEqual([]);
  const plan = planZero(derived.schema, derived.schema.access?.rules, {});
  expect(plan.zero.tables).toEqual([]);
  expect(plan.findings.map(({ code }) => code)).toContain('zero/partitioned');
});

const columns = { id: id(), slug: text('slug'), at: instant('at').notNull() };
type Columns = Parameters<NonNullable<Parameters<typeof pgTable<'log', typeof columns>>[2]>>[0];
test.each<[string, string, (t: Columns) => readonly unknown[], string]>([
  ['a key without the time', 'log', () => [], 'the key'],
  ['a unique constraint without it', 'log', (t) => [uniqueOn(t.slug)], 'the key log_slug_unique'],
  ['a long name', 'l'.repeat(60), () => [], 'its name is too long'],
])('%s is refused', (_, name, extra, message) => {
  const log = pgTable(name, columns, (t) => [
    ...partitioned(t.at, 'month'),
    ...(extra(t as never) as never[]),
  ]);
  const { findings } = readSchema({ files: [{ file: '/schema.ts', exports: { log } }] });
  const found = findings.filter(({ code }) => code === 'schema/partition');
  expect(found.map((one) => one.message)).toContainEqual(expect.stringContaining(message));
});
