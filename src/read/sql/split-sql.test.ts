import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sqlComments } from './sql-comments.ts';
import { splitSql } from './split-sql.ts';

const { loadModule, parseSync } = await import('libpg-query');
await loadModule();

const texts = (sql: string): readonly string[] => [...splitSql(sql)].map(({ text }) => text);

/** The statements as Postgres's own grammar finds them: it counts bytes. */
function expected(sql: string): readonly string[] {
  const bytes = Buffer.from(sql);
  return (parseSync(sql).stmts ?? []).map(({ stmt_location: from = 0, stmt_len: length }) => {
    const text = bytes.subarray(from, length ? from + length : undefined).toString();
    return withoutBlanks(text).trimEnd();
  });
}

/** The grammar counts comments and white space before a statement as a part of it. */
const withoutBlanks = (text: string): string =>
  text.replace(/^(?:\s|--[^\n]*\n|\/\*(?:\/\*(?:.|\n)*?\*\/|.|\n)*?\*\/)*/, '');

const STATEMENTS = [
  'select 1',
  "select 'a;b', 'it''s', ''",
  `select "a;""b" from "x--y"`,
  String.raw`select E'a\';b', e'\\', 'c\'`,
  String.raw`select U&'d\0061t;', U&"d\0061;", B'101', X'1F'`,
  'select $$a;b$$, $x$ $$ ; $y$ $x$',
  'select a$b$c, d$1 from e where f = $1',
  'select 1 -- ; not\n + 2',
  'select /* ; /* nested; */ -- ; */ 3',
  'create function f() returns int language sql begin atomic; select 1; select case when true then 2 else 3 end; end',
  'create function g() returns int language plpgsql as $body$ begin return 1; end; $body$',
  'create or replace rule r as on insert to t do also (insert into u values (1); delete from u)',
  'create table begin_atomic (case_end int, "end" int)',
  "select date'2020-01-01', type'x' from größe",
  'do $é$ begin; end $é$',
  'select 1 as "$$", 2 as "/*"',
];
const BETWEEN = [';', ';\n', '\n;\n\n', "; -- it's; \n", ';/* "; /* $$ */ */', ';;\n ;'];

test('it finds the statements that the grammar of Postgres finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...STATEMENTS), fc.constantFrom(...BETWEEN)), {
        minLength: 1,
        maxLength: 8,
      }),
      (pairs) => {
        const sql = pairs.flat().join('');
        expect(texts(sql)).toEqual(expected(sql));
      },
    ),
    { numRuns: 500 },
  );
});

test('a statement has its offset and its line', () => {
  const sql = '\n-- first\nselect 1;\n\n/* a\n b */ select\n 2;select 3';
  const found = [...splitSql(sql)];
  expect(found.map(({ text, line }) => [text, line])).toEqual([
    ['select 1', 3],
    ['select\n 2', 6],
    ['select 3', 7],
  ]);
  for (const { text, start } of found) expect(sql.slice(start)).toMatch(text);
});

test('the rows of COPY and the commands of psql are skipped', () => {
  const sql = String.raw`\restrict x'y
\set a 'b;'
copy t (a, b) from stdin with (format text);
it's	$$;
\N	"
\.
select 1 \gexec
  \echo it's
copy u from '/file';
select 2;
copy v from stdin;
a
`;
  expect(texts(sql)).toEqual([
    'copy t (a, b) from stdin with (format text)',
    'select 1',
    "copy u from '/file'",
    'select 2',
    'copy v from stdin',
  ]);
});

test('an open parenthesis hides nothing, and an open quote is known', () => {
  expect(texts('create table a (b int; create table c ();')).toHaveLength(2);
  expect([...splitSql("select 1; select 'a; select 2;")]).toMatchObject([
    { text: 'select 1' },
    { text: "select 'a; select 2;", unclosed: true },
  ]);
  expect([...splitSql('select $a$ ; $b$;')]).toMatchObject([{ unclosed: true }]);
  expect([...splitSql('select 1 /* ; ')]).toMatchObject([{ unclosed: true }]);
});

test('the breakpoint of drizzle-kit ends a statement too', () => {
  expect(texts('update a set b = 1--> statement-breakpoint\nalter table a add c int;')).toEqual([
    'update a set b = 1',
    'alter table a add c int',
  ]);
});

test('backslashes are special where a very old dump says so', () => {
  const sql = String.raw`set standard_conforming_strings = off; select 'a\';b'; select 2;`;
  expect(texts(sql)).toHaveLength(3);
});

test('comments are found in and between statements, and not in strings and rows', () => {
  const sql = `-- one
select '-- no' /* two */ from "--" where $$-- no$$ <> ''; -- three
copy t from stdin;
-- no '
\\.
select 1 -- four`;
  expect(sqlComments(sql).map(({ value }) => value)).toEqual([' one', ' two ', ' three', ' four']);
});
