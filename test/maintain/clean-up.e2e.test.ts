import { uuid } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineAccess, id, indexOn, instant, owner, pgTable, retain } from '../../src/kit/index.ts';
import { MAINTENANCE_LOCK } from '../../src/maintain/lock-key.ts';
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
afterAll(() => sql.end({ timeout: 1 }));

/** Runs `work` while another transaction has run a statement. */
async function whileHeld<Result>(statement: string, work: () => Promise<Result>): Promise<Result> {
  const holder = await sql.reserve();
  try {
    await holder.unsafe('begin');
    await holder.unsafe(statement);
    return await work();
  } finally {
    await holder.unsafe('rollback');
    holder.release();
  }
}

test('rows that another transaction has locked are left for the next run', async () => {
  await sql`insert into notes select gen_random_uuid(), gen_random_uuid(), now() - interval '2 days' from generate_series(1, 100)`;
  const first = await whileHeld('select id from notes limit 10 for update', () =>
    cleanUpDatabase(url, { notes }),
  );
  expect(first).toMatchObject({ problems: [], tables: [{ deleted: 90 }] });
  expect((await cleanUpDatabase(url, { notes })).tables[0]?.deleted).toBe(10);
});

test('a table that another transaction has locked is reported, and the others are cleaned', async () => {
  await sql`insert into notes select gen_random_uuid(), gen_random_uuid(), now() - interval '2 days' from generate_series(1, 5)`;
  await sql`insert into plain select gen_random_uuid(), now() - interval '2 days' from generate_series(1, 5)`;
  const { problems, tables } = await whileHeld('lock table notes', () =>
    cleanUpDatabase(url, { notes, plain }),
  );
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
  const refused = whileHeld(`select pg_advisory_xact_lock(${MAINTENANCE_LOCK.join(', ')})`, () =>
    cleanUpDatabase(url, { notes }),
  );
  await expect(refused).rejects.toMatchObject({
    problem: {
      code: 'maintain/locked',
      context: [expect.any(String), expect.stringMatching(/^process \d+/)],
    },
  });
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
