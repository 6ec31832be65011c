import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cleanUpDatabase, maintainDatabase } from '../../src/ops.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { writeUnsupported } from '../../src/project/generate/write-unsupported.ts';
import { definitionsOf } from '../catalog/made-database.ts';
import { install } from '../kit/install.ts';
import { cleaned, operator } from './cleaned-tables.fixture.ts';

let client: PGlite;
let archive: string;
beforeAll(async () => {
  client = await blankPostgres();
  const { tables } = definitionsOf(cleaned);
  await install(
    { exec: (text) => client.exec(writeUnsupported(text, tables)) },
    { ...cleaned, operator },
  );
});
afterAll(() => client.close());

const ANNA = '0198b5a3-0000-7000-8000-00000000000a';
const BEN = '0198b5a3-0000-7000-8000-00000000000b';
const CARL = '0198b5a3-0000-7000-8000-00000000000c';

beforeEach(async () => {
  archive = mkdtempSync(join(tmpdir(), 'garden-archive-'));
  await client.exec(`truncate users, preferences, history, logs, sessions, uses, requests;
    insert into users values ('${ANNA}'), ('${BEN}'), ('${CARL}');
    -- Anna keeps 5 days, Ben everything, Carl has no preferences.
    insert into preferences values ('${ANNA}', 5, true), ('${BEN}', 1, false);
    insert into history select gen_random_uuid(), u.id, now() - n * interval '1 day' - interval '1 hour'
      from users u, generate_series(0, 99) n;
    insert into logs select gen_random_uuid(), now() - n * interval '1 hour' - interval '30 minutes', 'line ' || n, 'é"\\' || n from generate_series(0, 999) n;
    insert into sessions select gen_random_uuid(), case when n < 5 then now() - interval '1 minute' when n < 8 then now() + interval '1 day' end from generate_series(0, 9) n;
    insert into uses select gen_random_uuid(), id from (select id from sessions where expires_at < now() limit 2) s;`);
  return () => rmSync(archive, { recursive: true, force: true });
});

const numbers = async (sql: string): Promise<readonly number[]> =>
  (await client.query<{ n: number }>(sql)).rows.map(({ n }) => n);

test('the limits of users are honoured', async () => {
  const { tables } = await cleanUpDatabase(client, cleaned);
  expect(tables.find(({ table }) => table === 'public.history')?.deleted).toBe(95 + 70);
  expect(
    await numbers(
      `select count(*)::int as n from history join users on users.id = user_id group by user_id order by user_id`,
    ),
  ).toEqual([5, 100, 30]);
});

test('rows without a time are kept, and so are referenced ones', async () => {
  const { tables, problems } = await cleanUpDatabase(client, cleaned);
  expect(problems).toEqual([]);
  expect(tables.find(({ table }) => table === 'public.sessions')?.deleted).toBe(3);
  expect(await numbers('select count(*)::int as n from sessions')).toEqual([7]);
});

const archivedLines = (): readonly string[] => {
  const folder = join(archive, 'postgres', 'public.logs');
  return readdirSync(folder).flatMap((name) =>
    gunzipSync(readFileSync(join(folder, name)))
      .toString('utf8')
      .trimEnd()
      .split('\n'),
  );
};

test('rows are archived as JSON lines before they are deleted, and can be restored', async () => {
  const before = await client.query('select * from logs order by id');
  const { tables } = await cleanUpDatabase(client, cleaned, { archive });
  expect(tables.find(({ table }) => table === 'public.logs')).toMatchObject({
    deleted: 832,
    archive: join(archive, 'postgres', 'public.logs'),
  });
  expect(archivedLines()).toHaveLength(832);
  for (const line of archivedLines()) {
    await client.query('insert into logs select * from json_populate_record(null::logs, $1)', [
      line,
    ]);
  }
  expect((await client.query('select * from logs order by id')).rows).toEqual(before.rows);
});

test('without an archive, rows that are archived first are kept', async () => {
  const { tables } = await cleanUpDatabase(client, cleaned);
  expect(tables.find(({ table }) => table === 'public.logs')).toMatchObject({
    deleted: 0,
    kept: expect.stringContaining('no archive is set'),
  });
  expect(await numbers('select count(*)::int as n from logs')).toEqual([1000]);
});

test('a dry run counts, and deletes nothing', async () => {
  const { tables } = await cleanUpDatabase(client, cleaned, { archive, dryRun: true });
  expect(tables.map(({ table, deleted }) => [table, deleted])).toEqual([
    ['public.history', 165],
    ['public.hits', 0],
    ['public.logs', 832],
    ['public.requests', 0],
    ['public.sessions', 3],
  ]);
  expect(await numbers('select count(*)::int as n from logs')).toEqual([1000]);
});

test('partitions are made ahead, and dropped when all of their rows have expired', async () => {
  await client.exec("select public.make_partitions('requests', 1, now() - interval '6 months')");
  const { partitions } = await cleanUpDatabase(client, cleaned, { partitionsAhead: 5 });
  const requests = partitions.find(({ table }) => table === 'public.requests');
  expect(requests?.made).toHaveLength(2);
  expect(requests?.dropped).toHaveLength(2);
  expect(
    (await cleanUpDatabase(client, cleaned, { partitionsAhead: 5 })).partitions,
  ).toContainEqual({
    table: 'public.requests',
    made: [],
    dropped: [],
  });
});

test('a rollup is updated before the partition of its events is dropped', async () => {
  await client.exec(`select public.make_partitions('hits', 0, now() - interval '6 months');
    insert into hits select gen_random_uuid(), now() - interval '6 months', 7, n from generate_series(1, 20) n`);
  const { partitions, rollups, problems } = await cleanUpDatabase(client, cleaned);
  expect(problems).toEqual([]);
  expect(partitions.find(({ table }) => table === 'public.hits')?.dropped).toHaveLength(1);
  expect(rollups).toEqual([{ table: 'public.hit_days', buckets: 1 }]);
  expect(await numbers('select count::int as n from hit_days')).toEqual([20]);
});

test('orphans of keys that are NOT VALID are deleted, cleared or kept', async () => {
  await client.exec(`create table parents (id int primary key);
    create table deleted_ones (id int, parent int); create table cleared_ones (id int, parent int); create table kept_ones (id int, parent int);
    insert into parents values (1);
    insert into deleted_ones select n, 1 + n % 2 from generate_series(1, 10) n;
    insert into cleared_ones select * from deleted_ones; insert into kept_ones select * from deleted_ones;
    alter table deleted_ones add foreign key (parent) references parents on delete cascade not valid;
    alter table cleared_ones add foreign key (parent) references parents on delete set null not valid;
    alter table kept_ones add foreign key (parent) references parents not valid;`);
  const { orphans } = await cleanUpDatabase(client, cleaned, { archive });
  expect(orphans.map(({ table, rows, action }) => [table, rows, action])).toEqual([
    ['public.cleared_ones', 5, 'set to NULL'],
    ['public.deleted_ones', 5, 'deleted'],
    ['public.kept_ones', 0, 'kept'],
  ]);
  expect(await numbers('select count(*)::int as n from cleared_ones where parent is null')).toEqual(
    [5],
  );
  expect(readdirSync(join(archive, 'postgres', 'public.deleted_ones.orphans'))).toHaveLength(1);
  await client.exec('drop table deleted_ones, cleared_ones, kept_ones, parents');
});

test('a daily run also vacuums and refreshes materialized views', async () => {
  await client.exec(
    'create materialized view totals as select count(*) as n from users; create unique index on totals (n);',
  );
  const { vacuumed, refreshed } = await maintainDatabase(client, cleaned, { archive });
  expect(refreshed).toEqual([{ table: 'public.totals', milliseconds: expect.any(Number) }]);
  expect(vacuumed.every(({ skipped }) => skipped === undefined)).toBe(true);
  await client.exec('drop materialized view totals');
});

test('the SQL functions do the same, and only the operator may call them', async () => {
  await client.exec("set role app_operator; set search_path = ''");
  try {
    const { rows } = await client.query<{ report: Record<string, unknown> }>(
      'select public.daily_maintenance(60) as report',
    );
    expect(rows[0]?.report).toMatchObject({
      deleted: { 'public.history.created_at': 60, 'public.sessions.expires_at': 3 },
      left: { 'public.logs.at': expect.any(String), 'public.requests.at': expect.any(String) },
      unfinished: true,
    });
    const all = await client.query('select public.analyze_all_tables() as name');
    expect(all.rows).toContainEqual({ name: 'public.history' });
    const { rows: statements } = await client.query<{ sql: string }>(
      'select public.vacuum_all_tables() as sql',
    );
    expect(statements).toContainEqual({ sql: 'VACUUM (ANALYZE, SKIP_LOCKED) public.logs;' });
    const { rows: stats } = await client.query('select * from public.get_database_stats()');
    expect(stats.length).toBeGreaterThan(6);
    const { rows: integrity } = await client.query('select * from public.integrity_check()');
    expect(integrity).toEqual([]);
    const { rows: audit } = await client.query('select * from public.security_audit()');
    expect(audit).toEqual([]);
    await client.query('select public.health_check()');
    await expect(client.query('select * from public.logs')).rejects.toMatchObject({
      code: '42501',
    });
  } finally {
    await client.exec('reset role; reset search_path');
  }
  await client.exec('create role stranger; set role stranger');
  try {
    await expect(client.query('select public.health_check()')).rejects.toMatchObject({
      code: '42501',
    });
  } finally {
    await client.exec('reset role; drop role stranger');
  }
});

test('the SQL functions find planted faults', async () => {
  await client.exec(`begin; alter table logs add constraint short check (length(line) < 7) not valid;
    grant insert on logs to public; create publication nothing;`);
  try {
    const found = async (name: string) =>
      (
        await client.query<{ check: string; object: string; evidence: string }>(
          `select * from public.${name}() where severity <> 'unknown'`,
        )
      ).rows;
    expect(await found('integrity_check')).toMatchObject([
      {
        check: 'doctor/violated-check',
        object: 'public.logs.short',
        evidence: expect.stringMatching(/^\d+ rows/),
      },
      { check: 'doctor/invalid-object', object: 'public.logs.short' },
    ]);
    expect((await found('security_audit')).map(({ check, object }) => [check, object])).toEqual([
      ['doctor/rls-off', 'public.logs'],
      ['doctor/public-grant', 'public.logs'],
    ]);
    expect((await found('health_check')).map(({ object }) => object)).toContain('nothing');
  } finally {
    await client.exec('rollback');
  }
});
