import { uuid } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineAccess, id, indexOn, instant, owner, pgTable, retain } from '../../src/kit/index.ts';
import { cleanUpDatabase } from '../../src/ops.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { install } from '../kit/install.ts';

const { access } = defineAccess();
const notes = pgTable(
  'notes',
  { id: id(), ownerId: uuid('owner_id').notNull(), at: instant('at').notNull() },
  (t) => [
    indexOn(t.at),
    indexOn(t.ownerId),
    ...access(t, { read: owner(t.ownerId), insert: owner(t.ownerId) }),
    ...retain(t.at, '1 day'),
  ],
).enableRLS();
const plain = pgTable('plain', { id: id(), at: instant('at').notNull() }, (t) => [
  ...retain(t.at, '1 day'),
]);

let url: string;
let sql: postgres.Sql;
const count = async (table: string): Promise<number> =>
  (await sql<{ n: number }[]>`select count(*)::int as n from ${sql(table)}`)[0]?.n ?? -1;

beforeAll(async () => {
  url = await (await sharedPostgres()).createDatabase();
  sql = postgres(url, { max: 3, onnotice: () => {} });
  await install({ exec: (text: string) => sql.unsafe(text).simple() } as never, { notes, plain });
});
afterAll(() => sql.end());

test('rows that another transaction has locked are left for the next run', async () => {
  await sql`insert into notes select gen_random_uuid(), gen_random_uuid(), now() - interval '2 days' from generate_series(1, 100)`;
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`select id from notes limit 10 for update`;
  const started = performance.now();
  const first = await cleanUpDatabase(url, { notes });
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(first.tables[0]?.deleted).toBe(90);
  await holder`rollback`;
  holder.release();
  expect((await cleanUpDatabase(url, { notes })).tables[0]?.deleted).toBe(10);
});

test('a table that another transaction has locked is reported, and the others are cleaned', async () => {
  await sql`insert into notes select gen_random_uuid(), gen_random_uuid(), now() - interval '2 days' from generate_series(1, 5)`;
  await sql`insert into plain select gen_random_uuid(), now() - interval '2 days' from generate_series(1, 5)`;
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`lock table notes`;
  const { problems, tables } = await cleanUpDatabase(url, { notes, plain });
  await holder`rollback`;
  holder.release();
  expect(problems).toMatchObject([
    { code: 'maintain/refused', message: expect.stringContaining('lock timeout') },
  ]);
  expect(tables).toMatchObject([{ table: 'public.plain', deleted: 5 }]);
  await cleanUpDatabase(url, { notes });
});

test('a login role that policies apply to deletes nothing instead of a part', async () => {
  await sql`insert into notes select gen_random_uuid(), gen_random_uuid(), now() - interval '2 days' from generate_series(1, 5)`;
  const name = `cleaner_${url.split('_').at(-1) ?? ''}`;
  await sql.unsafe(
    `create role ${name} login password 'x'; grant select, update, delete on notes, plain to ${name}`,
  );
  try {
    const own = new URL(url);
    own.username = name;
    own.password = 'x';
    const { problems } = await cleanUpDatabase(own.href, { notes, plain });
    expect(problems).toMatchObject([
      {
        code: 'maintain/refused',
        message: expect.stringContaining('row-level security'),
        fix: expect.stringContaining('BYPASSRLS'),
      },
    ]);
    expect(await count('notes')).toBe(5);
  } finally {
    await sql.unsafe(`drop owned by ${name}; drop role ${name}`);
  }
});

test('a second run is refused while the first one works', async () => {
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`select pg_advisory_xact_lock(${0x67_61_72_64}, ${0x6d_61_69_6e})`;
  await expect(cleanUpDatabase(url, { notes })).rejects.toMatchObject({
    problem: {
      code: 'maintain/locked',
      context: [expect.any(String), expect.stringMatching(/^process \d+/)],
    },
  });
  await holder`rollback`;
  holder.release();
});

test('no session stays behind, and no lock', async () => {
  await cleanUpDatabase(url, { notes });
  const left =
    await sql`select pid from pg_stat_activity where application_name like 'garden maintain%' and datname = current_database()`;
  expect(left).toEqual([]);
  expect(
    await sql`select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  ).toEqual([]);
});
