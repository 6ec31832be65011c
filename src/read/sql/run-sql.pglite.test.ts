import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openScratch } from '../../postgres/open-scratch.ts';
import { runSql } from './run-sql.ts';

const scratch = await openScratch(['vector', 'citext', 'uuid-ossp', 'postgis', '../../evil']);
afterAll(() => scratch.close());
beforeEach(async () => {
  await scratch.run('drop schema public cascade; create schema public; reset all');
});

const run = (text: string, unavailable: readonly string[] = []) =>
  runSql([{ file: '/a.sql', text }], scratch, unavailable);
const tables = async (): Promise<readonly unknown[]> =>
  (
    await scratch.query(`select relname from pg_class where relkind = 'r'
      and relnamespace = 'public'::regnamespace order by relname`)
  ).map(({ relname }) => relname);

test('extensions of PGlite and pgvector are loaded, and others are named', async () => {
  expect(scratch.unavailable).toEqual(['postgis', '../../evil']);
  const { failures } = await run(`create extension vector; create extension citext;
    create extension "uuid-ossp"; create table t (e vector(3), c citext);`);
  expect(failures).toEqual([]);
});

test('a failing statement is reported with its line and message, and the rest runs', async () => {
  const { failures, succeeded } = await run(`create table a (id int);
create table b (
  id int,
  at timestampz
);
create table c (id int);`);
  expect(failures).toEqual([
    {
      severity: 'error',
      code: 'validate/statement-failed',
      object: 'public.b',
      message: 'Postgres refuses the statement: type "timestampz" does not exist.',
      places: [{ file: '/a.sql', line: 4 }],
      fix: expect.any(String),
    },
  ]);
  expect(succeeded).toBe(2);
  expect(await tables()).toEqual(['a', 'c']);
});

test('what needs a statement that failed is not judged, and is not an error', async () => {
  const { failures, notJudged } = await run(`create table a (id txt);
create index i on a (id);
create view v as select * from public.a;
select * from w;`);
  expect(failures.map(({ places }) => places?.[0]?.line)).toEqual([1, 4]);
  expect(notJudged).toEqual([
    {
      object: 'public.a.i',
      reason: 'it needs a, which could not be created',
      places: [{ file: '/a.sql', line: 2 }],
    },
    {
      object: 'public.v',
      reason: 'it needs public.a, which could not be created',
      places: [{ file: '/a.sql', line: 3 }],
    },
  ]);
});

test('an extension that is not available is named, and what needs it is not judged', async () => {
  const { failures, notJudged } = await run(
    `create extension if not exists postgis;
comment on extension postgis is 'maps';
create table places (id int, at geometry(Point, 4326));
create table names (id int, at txt);`,
    ['postgis'],
  );
  expect(failures.map(({ object }) => object)).toEqual(['public.names']);
  expect(notJudged.map(({ object }) => object)).toEqual(['extension postgis', 'public.places']);
  // Nobody knows what it defines.
  const other = await run('create extension acme; create table a (b acme_type);', ['acme']);
  expect(other.failures).toEqual([]);
  expect(other.notJudged.at(-1)).toMatchObject({
    object: 'public.a',
    reason: expect.stringMatching(/need the extension acme, .* "acme_type" does not exist$/),
  });
});

describe('a syntax error hides nothing', () => {
  test.each([
    ['a missing semicolon', 2, 'create table a (id int)\ncreate table b (id int);'],
    [
      'an open quote',
      2,
      `create table a (t text default 'x);\ncreate table b (t text default 'y');`,
    ],
    ['an open body', 1, 'do $$ begin end;\ncreate table b (id int);'],
    ['an open parenthesis', 1, 'create table a (id int;\ncreate table b (id int);'],
    ['an open comment', 1, 'create table a /* (id int);\ncreate table b (id int);'],
  ])('%s', async (_, line, sql) => {
    const { failures } = await run(`${sql}\ncreate table c (id int);`);
    expect(failures).toMatchObject([{ code: 'validate/statement-failed', places: [{ line }] }]);
    expect(await tables()).toEqual(['b', 'c']);
  });
});

test('rows, transactions, roles and owners do not matter', async () => {
  const { failures, notJudged } = await run(String.raw`\connect other
begin;
set role nobody;
create table a (id int, t text);
alter table a owner to alice;
insert into missing values (1);
copy a (id) from stdin;
1	'
\.
grant select on a to bob, carol;
commit;
rollback;`);
  expect({ failures, notJudged }).toEqual({ failures: [], notJudged: [] });
  expect(await tables()).toEqual(['a']);
  expect(await scratch.query('select * from a')).toEqual([]);
});

test('rows of anonymous blocks break no constraint that a skipped update satisfies', async () => {
  const { failures } = await run(`create table a (id int);
do $$ begin insert into a values (1); end $$;
alter table a add url text;
update a set url = 'x';
alter table a alter url set not null;`);
  expect(failures).toEqual([]);
});

test('each object has the place where it was created', async () => {
  const { places, failures } = await run(`create table
  Notes (
  id int primary key,
  "Author" int references notes, -- why
  title text,
  constraint named check (title <> ''),
  unique (title, "Author")
);
create index on notes (title);
create unique index if not exists "by.author" on only public.notes using btree ("Author");
alter table notes add column a int, add b int,
  add constraint later check (a > 0);
create policy mine on notes using (true);
create view v as select 1;
alter table notes rename title to heading;
alter table notes rename to papers;
create table if not exists papers (id int);
set search_path to extra;`);
  expect(failures).toEqual([]);
  const lines = Object.fromEntries(
    [
      'papers',
      'papers.id',
      'papers.Author',
      'papers.notes_Author_fkey',
      'papers.heading',
      'papers.named',
      'papers.notes_title_Author_key',
      'papers.notes_title_idx',
      'papers."by.author"',
      'papers.a',
      'papers.b',
      'papers.later',
      'papers.mine',
      'papers.unknown',
      'v',
    ].map((object) => [object, places.find(`public.${object}`)?.line]),
  );
  expect(lines).toEqual({
    papers: 2,
    'papers.id': 3,
    'papers.Author': 4,
    'papers.notes_Author_fkey': 4,
    'papers.heading': 5,
    'papers.named': 6,
    'papers.notes_title_Author_key': 7,
    'papers.notes_title_idx': 9,
    'papers."by.author"': 10,
    'papers.a': 11,
    'papers.b': 11,
    'papers.later': 12,
    'papers.mine': 13,
    'papers.unknown': 2,
    v: 14,
  });
});

test('a hundred statements and more are run in order', async () => {
  const many = Array.from({ length: 230 }, (_, at) => `create table t${at} (id int);`);
  many.splice(150, 0, 'create table t149 (id int);', 'create index concurrently on t149 (id);');
  const { failures, succeeded } = await run(many.join('\n'));
  expect(failures).toMatchObject([{ places: [{ line: 151 }] }]);
  expect(succeeded).toBe(231);
});
