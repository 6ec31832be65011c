import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kit, testProject, type TestProject } from '../../cli/generate/project.fixture.ts';

const HEAD = `
import { sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import { defineAccess, anyone, id, owner, pgTable, role } from ${kit};
const { access } = defineAccess();
`;
const notes = (rule = 'owner(t.author)', more = '', name = 'author'): string => `${HEAD}
export const notes = pgTable('notes', { id: id(), author: pg.uuid('${name}').notNull() }, (t) => [
  ...access(t, { read: ${rule} }), ${more}
]).enableRLS();
`;
const check = (condition: string): string =>
  `${HEAD}export const t = pgTable('t', { id: id(), a: pg.text('a') }, (t) => [pg.check('c', ${condition})]);`;

/** Replaces a text in the last migration that contains it. */
function edit(project: TestProject, from: string | RegExp, to: string): void {
  const [name = '', text = ''] =
    Object.entries(project.migrations()).findLast(
      ([file, sql]) => file.endsWith('.sql') && sql.search(from) !== -1,
    ) ?? [];
  writeFileSync(join(project.folder, 'migrations', name), text.replace(from, to));
}

describe('SQL that drizzle-kit truncates is refused, and nothing is written', () => {
  test.each([
    ['a semicolon', "sql`${t.a} <> 'a;b'`"],
    ['a breakpoint', "sql`${t.a} <> '--> statement-breakpoint'`"],
    ['a parameter', "sql`${t.a} <> ${'secret'}`"],
  ])('%s in a check', async (_, condition) => {
    using project = testProject({ 'schema.ts': check(condition) });
    const { code, err } = await project.generate();
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/generate\/(?:altered-sql: the check "c" of the table t|not-sql)/),
    });
    expect(() => project.migrations()).toThrow('ENOENT');
  });

  test('hyphens in a pgPolicy', async () => {
    using project = testProject({
      'schema.ts': `${HEAD}export const t = pgTable('t', { id: id(), a: pg.text('a') }, (t) => [
        pg.pgPolicy('own', { for: 'update', using: sql\`\${t.a} <> 'in--side'\`, withCheck: sql\`true\` }),
      ]).enableRLS();`,
    });
    const { code, err } = await project.generate();
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/the policy "own" of the table t|not-sql/),
    });
  });

  test.each([
    ['cut', 'in--side', '', 1],
    ['whole', 'inside', '', 0],
    ['next to rules', 'inside', "...access(t, { read: role('a') }),", 1],
  ])('a linked policy: %s', async (_, text, rules, code) => {
    using project = testProject({
      'schema.ts': `${HEAD}export const t = pgTable('t', { id: id(), a: pg.text('a') }, (t) => [${rules}]).enableRLS();
      export const own = pg.pgPolicy('own', { for: 'select', using: sql\`a <> '${text}'\` }).link(t);`,
    });
    expect(await project.generate()).toMatchObject({ code });
  });

  test('an unquoted role in a changed pgPolicy', async () => {
    const schema = (using: string): string => `${HEAD}
      export const app = pg.pgRole('App_User').existing();
      export const t = pgTable('t', { id: id(), a: pg.text('a') }, (t) => [
        pg.pgPolicy('own', { for: 'select', to: app, using: sql\`${using}\` }),
      ]).enableRLS();`;
    using project = testProject({ 'schema.ts': schema('true') });
    expect(await project.generate()).toMatchObject({ code: 0, err: '' });
    project.write({ 'schema.ts': schema('false') });
    expect(await project.generate()).toMatchObject({
      code: 1,
      err: expect.stringContaining('the policy "own" of the table t'),
    });
  });

  test('SQL that drizzle-kit writes correctly is accepted', async () => {
    using project = testProject({
      'schema.ts': check("sql`${t.a} <> 'a--b' and ${t.a} ~ '\\\\\\\\d'`"),
    });
    expect(await project.generate()).toMatchObject({ code: 0, err: '' });
    expect(await project.generate(['--check'])).toMatchObject({ code: 0 });
  });
});

describe('an edited migration is reported', () => {
  test.each<[string, string | RegExp, string, string]>([
    ['a wider policy', /using \(.*\);/, 'using (true);', 'the policy "access_read"'],
    [
      'another role',
      'for select to "app_user"',
      'for select to public',
      'the policy "access_read"',
    ],
    ['a policy less', /create policy [^;]*;/, '', 'the policy "access_read"'],
    [
      'a policy more',
      /create policy [^;]*;/,
      '$&\ncreate policy "more" on "notes" using (true);',
      'the policy "more"',
    ],
    ['no FORCE', /force row level security/, 'no force row level security', 'row-level security'],
    [
      'a FORCE less',
      /alter table "public"."notes" force row level security;/,
      '',
      'row-level security',
    ],
    [
      'RLS off',
      /alter table "public"."notes" force/,
      'alter table "public"."notes" disable row level security; alter table "public"."notes" force',
      'row-level security',
    ],
    ['a weaker check', /length\(.*\) > 3/, 'true', 'the check "long"'],
    ['a check less', 'CONSTRAINT "long"', 'CONSTRAINT "other"', 'the check "long"'],
  ])('%s', async (_, from, to, said) => {
    using project = testProject({
      'schema.ts': notes(undefined, "pg.check('long', sql`length(${t.author}::text) > 3`),"),
    });
    expect(await project.generate()).toMatchObject({ code: 0, err: '' });
    edit(project, from, to);
    const { code, err } = await project.generate(['--check']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(said) });
    expect(err).toContain('generate/altered-sql');
  });

  test('invalid statements are reported', async () => {
    using project = testProject({ 'schema.ts': notes() });
    await project.generate();
    edit(project, 'create policy', 'create police');
    expect((await project.generate(['--check'])).err).toContain('generate/not-sql');
  });
});

test('renames are followed', async () => {
  using project = testProject({
    'schema.ts': notes(undefined, "pg.check('long', sql`${t.author} is not null`),"),
  });
  await project.generate();
  const folder = join(project.folder, 'migrations');
  const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: { idx: number; when: number; tag: string }[];
  };
  const last = journal.entries.at(-1)!;
  writeFileSync(
    join(folder, '9999_there_and_back.sql'),
    `alter table notes rename column author to writer;
alter table notes rename to papers; alter table papers rename constraint long to tall;
alter table papers rename constraint tall to long; alter policy access_read on papers rename to reading;
alter policy reading on papers rename to access_read; create schema s; alter table papers set schema s;
alter table s.papers set schema public; alter table papers rename to notes;
alter table notes rename column writer to author;`,
  );
  journal.entries.push({
    ...last,
    idx: last.idx + 1,
    when: last.when + 1,
    tag: '9999_there_and_back',
  });
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(journal));
  expect(await project.generate(['--check'])).toMatchObject({ code: 0, err: '' });
});

describe('a table with rules', () => {
  test('is refused without .enableRLS()', async () => {
    using project = testProject({ 'schema.ts': notes().replace('.enableRLS()', '') });
    const { code, err } = await project.generate();
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('access/no-enable-rls'),
    });
  });

  test('is refused with an additional pgPolicy', async () => {
    using project = testProject({
      'schema.ts': notes(undefined, "pg.pgPolicy('open', { using: sql`true` }),"),
    });
    expect((await project.generate()).err).toContain('access/other-policy');
  });

  test('is refused without a primary key', async () => {
    using project = testProject({
      'schema.ts': `${HEAD}export const t = pgTable('t', { a: pg.uuid('a') }, (t) => [
        ...access(t, { read: owner(t.a) })]).enableRLS();`,
    });
    expect((await project.generate()).err).toContain('access/no-key');
  });
});
