import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gardenApp } from '../../apps/garden/app.ts';
import { recordIo } from '../../command/record-io.fixture.ts';
import { commandsOf } from '../commands.ts';
import { root, testProject } from '../generate/project.fixture.ts';
import { run } from '../run.ts';

/** Runs `garden validate` in a folder with these files. */
async function validate(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  using project = testProject(files);
  const io = recordIo({ cwd: project.folder });
  const code = await run(['validate', ...args], io, { commands: commandsOf([gardenApp]) });
  return { code, out: io.out(), err: io.err() };
}

interface Printed {
  readonly tables: number;
  readonly findings: readonly {
    readonly code: string;
    readonly object: string;
    readonly places: readonly { readonly file: string; readonly line: number }[];
  }[];
  readonly ignored: readonly unknown[];
  readonly notJudged: readonly { readonly rule?: string; readonly object?: string }[];
}

/** The same as data, with each finding as a line. */
async function found(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { code, out, err } = await validate(files, ...args, '--json');
  expect(err).toBe('');
  const { tables, findings, ignored, notJudged } = JSON.parse(out) as Printed;
  return {
    code,
    tables,
    ignored: ignored.length,
    notJudged: notJudged.flatMap(({ rule, object }) => (rule === undefined ? [object] : [])),
    found: findings.map(
      ({ code: rule, object, places: [place] }) =>
        `${place?.file}:${place?.line} ${rule} ${object}`,
    ),
  };
}

const USERS = 'create table users (id uuid primary key);\n';
const NOTES = `create table notes (
  id uuid primary key,
  author_id uuid references users
    on delete cascade
);
`;

test('findings are at the statement that creates the object', async () => {
  expect(await found({ 'a.sql': `${USERS}${NOTES}create index on notes (id);` }, 'a.sql')).toEqual({
    code: 0,
    tables: 2,
    ignored: 0,
    notJudged: [],
    found: [
      'a.sql:4 lint/foreign-key-index public.notes.author_id',
      'a.sql:7 lint/redundant-index public.notes.notes_id_idx',
    ],
  });
});

test('names that Postgres cuts are found, of all kinds of objects', async () => {
  const long = (letter: string): string => letter.repeat(64);
  const sql = `${USERS}create table notes (
  id uuid primary key,
  ${long('C')} text
);
create index ${long('i')} on notes (${long('c')});
create type ${long('t')} as enum ('a');
select 1 as "${long('x')}";`;
  expect((await found({ 'a.sql': sql }, 'a.sql')).found).toEqual([
    `a.sql:4 lint/name-length public.notes.${long('c').slice(1)}`,
    `a.sql:6 lint/name-length public.notes.${long('i').slice(1)}`,
    `a.sql:7 lint/name-length ${long('t').slice(1)}`,
    `a.sql:8 lint/name-length ${long('x').slice(1)}`,
  ]);
});

test('a comment accepts a finding, and one that accepts nothing is reported', async () => {
  const ignored = NOTES.replace(
    '  author_id',
    '  -- garden-ignore lint/foreign-key-index: users stay\n  author_id',
  );
  expect(await found({ 'a.sql': `${USERS}${ignored}` }, 'a.sql')).toMatchObject({
    ignored: 1,
    found: [],
  });
  const unused = `${USERS}/* garden-ignore lint/char-type: none */\n`;
  expect((await found({ 'a.sql': unused }, 'a.sql')).found).toEqual([
    'a.sql:2 check/unused-ignore undefined',
  ]);
});

test('a folder is read in the order of its journal, or of its names', async () => {
  const journal = JSON.stringify({
    entries: [
      { idx: 0, when: 1, tag: 'z' },
      { idx: 1, when: 2, tag: 'a' },
    ],
  });
  const kit = { 'm/z.sql': USERS, 'm/a.sql': NOTES, 'm/meta/_journal.json': journal };
  expect(await found(kit, 'm')).toMatchObject({ code: 0, tables: 2 });
  const plain = {
    'm/V2__users.sql': USERS,
    'm/V10__notes.sql': NOTES,
    'm/V10__notes.down.sql': 'drop table notes;',
    'm/sub/V11__tags.sql':
      'create table tags (id uuid primary key);\n-- migrate:down\ndrop table tags;',
    'm/readme.txt': 'x',
  };
  expect(await found(plain, 'm')).toMatchObject({ code: 0, tables: 3 });
  expect(await found(plain, 'm/V2__users.sql', 'm/V10__notes.sql')).toMatchObject({ tables: 2 });
});

test('Supabase is there where it is used, and is not judged', async () => {
  const sql = `create table profiles (
  id uuid primary key references auth.users on delete cascade,
  token text default encode(gen_random_bytes(9), 'hex')
);
alter table profiles enable row level security;
create policy own on profiles to authenticated using (id = auth.uid());
create policy files on storage.objects for select to anon using (bucket_id = 'a');
alter publication supabase_realtime add table profiles;
grant all on profiles to service_role;`;
  expect(await found({ 'a.sql': sql }, 'a.sql')).toEqual({
    code: 0,
    tables: 1,
    ignored: 0,
    notJudged: [],
    found: ['a.sql:6 lint/policy-call-per-row public.profiles.own'],
  });
  // Who brings the schema has it judged.
  const own = `create schema if not exists auth; create table auth.users (id int); ${USERS}`;
  expect(await found({ 'a.sql': own }, 'a.sql')).toMatchObject({
    tables: 2,
    found: ['a.sql:1 lint/no-primary-key auth.users'],
  });
});

test('settings choose the rules, and entries about other objects are not unused', async () => {
  const config = `export default { validate: {
    presets: ['recommended'],
    rules: { 'lint/no-primary-key': 'off', 'lint/foreign-key-index': 'error' },
    ignore: [{ rule: 'lint/char-type', object: 'elsewhere.a', reason: 'x' }],
  } };`;
  const files = { 'a.sql': `${USERS}${NOTES}create table t (a int);`, 'garden.config.ts': config };
  expect(await found(files, 'a.sql')).toMatchObject({
    code: 1,
    found: ['a.sql:4 lint/foreign-key-index public.notes.author_id'],
  });
});

test('rules that only judge definitions are listed, with the reason', async () => {
  const { out } = await validate({ 'a.sql': USERS }, 'a.sql', '--json');
  const { notJudged } = JSON.parse(out) as Printed;
  expect(notJudged).toContainEqual({
    rule: 'lint/foreign-key-target',
    reason: 'for definitions in Drizzle only',
  });
});

test('a statement that fails is an error, and the rest is judged', async () => {
  const sql = `${USERS}create table a (b txt);\n${NOTES}`;
  const { code, out } = await validate({ 'a.sql': sql }, 'a.sql');
  expect(code).toBe(1);
  expect(out).toContain('Postgres refuses the statement: type "txt" does not exist.');
  expect(out).toContain('a.sql:2');
  expect(out).toContain('lint/foreign-key-index');
});

describe('where nothing can be judged, one sentence says why, and the code is 2', () => {
  test.each<[string, string, RegExp]>([
    [
      'a file that does not exist',
      'no.sql',
      /^validate\/no-file: there is no file or folder "no\.sql"\./,
    ],
    ['a folder without SQL', 'docs', /^validate\/no-file: the folder has no SQL files\./],
    ['an empty file', 'empty.sql', /^validate\/no-tables: no statement creates an object/],
    [
      'a file that is not SQL',
      'page.html',
      /^validate\/not-sql: no statement could be run\. The first: Postgres refuses the statement: syntax error at or near "<"\./,
    ],
    ['a binary file', 'photo.png', /^validate\/not-sql: the file is not SQL: it is binary\./],
    [
      'a dump in the custom format',
      'x.dump',
      /^validate\/not-sql: the file is a dump in the custom format of pg_dump/,
    ],
    ['SQL without tables', 'select.sql', /^validate\/no-tables: the SQL creates no table/],
  ])('%s', async (_, name, message) => {
    const files = {
      'docs/a.md': '# A',
      'empty.sql': '\n-- nothing\n',
      'page.html': '<html><body>It is a page; really.</body></html>',
      'photo.png': '\u0089PNG\0\0',
      'x.dump': 'PGDMP\u0001\0',
      'select.sql': 'select 1;',
    };
    const { code, out, err } = await validate(files, name);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.split('\n').filter((line) => !line.startsWith(' '))).toHaveLength(2);
  });

  test('two inputs', async () => {
    const { code, err } = await validate({ 'a.sql': USERS }, 'a.sql', '--data', 'x');
    expect(code).toBe(2);
    expect(err).toMatch(/^cli\/two-inputs: .* one input at a time, but got --data and SQL files\./);
  });
});

describe('--migrations', () => {
  test('judges the statements of a folder', async () => {
    const files = {
      'm/1.sql': `${USERS}${NOTES}`,
      'm/2.sql': `create index on notes (author_id);
-- garden-ignore migration/renamed: nobody uses it
alter table notes rename author_id to owner_id;
-- garden-ignore lint/char-type: for the schema, not for the statements
create table tags (id uuid primary key); create index on tags (id);`,
    };
    expect(await found(files, '--migrations', 'm')).toEqual({
      code: 0,
      tables: 3,
      ignored: 1,
      notJudged: [],
      found: [
        'm/2.sql:1 migration/blocks-writes public.notes',
        'm/2.sql:1 migration/no-lock-timeout public.notes',
      ],
    });
  });

  test('--after checks only the migrations after that one', async () => {
    const files = {
      'm/1.sql': `${USERS}${NOTES}`,
      'm/2.sql': 'alter table notes drop author_id;',
      'm/3.sql': 'create index on notes (id);',
    };
    for (const name of ['2', '2.sql', 'm/2.sql']) {
      expect((await found(files, '--migrations', 'm', '--after', name)).found).toEqual([
        'm/3.sql:1 migration/blocks-writes public.notes',
        'm/3.sql:1 migration/no-lock-timeout public.notes',
      ]);
    }
    const { code, err } = await validate(files, '--migrations', 'm', '--after', '4');
    expect(code).toBe(2);
    expect(err).toMatch(/^validate\/no-file: there is no migration "4"\./);
  });

  test('reports journal entries that are older than one before them', async () => {
    const entries = [5, 9, 7].map((when, idx) => ({ idx, when, tag: `000${idx}_a` }));
    const files = {
      'm/0000_a.sql': USERS,
      'm/0001_a.sql': NOTES,
      'm/0002_a.sql': 'create table tags (id uuid primary key);',
      'm/meta/_journal.json': JSON.stringify({ entries }),
    };
    const { code, found: lines } = await found(files, '--migrations', 'm');
    expect({ code, lines }).toEqual({
      code: 1,
      lines: ['m/meta/_journal.json:undefined migrate/out-of-order 0002_a'],
    });
    const { out } = await validate(files, '--migrations', 'm');
    expect(out).toContain('0002_a is after 0001_a in the journal, but its `when` is earlier');
    expect((await found(files, '--migrations', 'm', '--after', '0002_a')).found).toEqual([]);
  });

  test('without a folder those of the project', async () => {
    const io = recordIo({ cwd: root });
    const code = await run(['validate', '--migrations'], io, { commands: commandsOf([gardenApp]) });
    expect({ code, err: io.err() }).toEqual({ code: 0, err: '' });
    expect(io.out()).toMatch(/^No findings in 7 tables by \d+ rules\.\n$/);
  });
});

test('a dump of 50 MB takes little more than its definitions', async () => {
  using project = testProject({ 'a.txt': '' });
  const row = `${'x'.repeat(990)};'"$$\t1\n`;
  const file = join(project.folder, 'dump.sql');
  writeFileSync(
    file,
    `${USERS}copy users (id) from stdin;\n${row.repeat(40_000)}\\.\n\n${NOTES}${`insert into notes values ('${'y'.repeat(990)}');\n`.repeat(12_000)}`,
  );
  const io = recordIo({ cwd: project.folder });
  const before = process.cpuUsage();
  const code = await run(['validate', 'dump.sql'], io, { commands: commandsOf([gardenApp]) });
  const { user, system } = process.cpuUsage(before);
  expect(code).toBe(0);
  expect(io.out()).toContain('1 warning in 2 tables');
  expect(io.out()).toContain('dump.sql:40007');
  expect((user + system) / 1e6).toBeLessThan(10);
});
