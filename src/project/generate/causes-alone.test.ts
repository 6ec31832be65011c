import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kit, testProject } from '../../cli/generate/project.fixture.ts';

const HEAD = `
import { relations } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import { defineAccess, id, inList, matches, notBlank, owner, pgTable } from ${kit};
const { access } = defineAccess();
`;
const POSTS = `export const posts = pg.pgTable('posts', { id: pg.uuid().primaryKey(), authorId: pg.uuid() });\n`;
const RELATIONS = `
export const p = relations(posts, ({ one }) => ({ author: one(users, { fields: [posts.authorId], references: [users.id] }) }));
export const u = relations(users, ({ many }) => ({ posts: many(posts) }));`;
const codesIn = (err: string): readonly string[] => err.match(/^[a-z]+\/[a-z-]+(?=:)/gm) ?? [];
const hasMigrations = (folder: string): boolean => existsSync(join(folder, 'migrations'));

describe.concurrent('only the error is reported, not its consequences', () => {
  test.each<[code: string, schema: string, migrates: boolean]>([
    [
      'zero/no-key',
      `export const users = pg.pgTable('users', { id: pg.uuid() });\n${POSTS}${RELATIONS}`,
      true,
    ],
    [
      'schema/constraints-throw',
      `export const users = pg.pgTable('users', { id: pg.uuid().primaryKey() }, () => { throw new Error('no'); });\n${POSTS}${RELATIONS}`,
      false,
    ],
    [
      'schema/constraints-throw',
      `export const users = pgTable('users', { id: id(), name: pg.text() }, (t: any) => [notBlank(t.nam)]);`,
      false,
    ],
    [
      'schema/column-twice',
      `export const users = pg.pgTable('users', { id: pg.uuid().primaryKey(), other: pg.uuid('id') });\n${POSTS}${RELATIONS}`,
      false,
    ],
    [
      'schema/column-twice',
      `export const users = pg.pgTable('users', { id: pg.uuid().primaryKey() });
export const posts = pg.pgTable('posts', { id: pg.uuid().primaryKey(), authorId: pg.uuid('author'), other: pg.uuid('author') });${RELATIONS}`,
      false,
    ],
    [
      'schema/table-twice',
      `export const users = pg.pgTable('users', { id: pg.uuid().primaryKey() });
export const people = pg.pgTable('users', { id: pg.uuid().primaryKey() });`,
      false,
    ],
  ])('%s', async (code, schema, migrates) => {
    using project = testProject({
      'schema.ts': HEAD + schema,
      'garden.config.ts': 'export default { zero: { publication: false } };',
    });
    const ran = await project.generate();
    expect(codesIn(ran.err), ran.err).toEqual([code]);
    expect(ran.code).toBe(1);
    // A table without its constraints would lose them in the database.
    expect(hasMigrations(project.folder)).toBe(migrates);
    expect(ran.out).not.toContain('up to date');
    const alone = await project.generate(['migrations']);
    expect(alone.code).toBe(migrates ? 0 : 1);
    expect(hasMigrations(project.folder)).toBe(migrates);
  });
});

describe.concurrent('an error in a third argument is reported with the name', () => {
  test.each<[source: string, message: string, fix: string]>([
    [
      '[...access(t, { read: owner(t.autor) })]',
      'the third argument of the table notes uses autor, which is not one of its columns.',
      'did you mean author?',
    ],
    [
      "[pg.index('i').on(t.nothing)]",
      'the third argument of the table notes uses nothing, which is not one of its columns.',
      'name one of id, author.',
    ],
    [
      '[...access(t, { read: inList(t.author, undefined) })]',
      'inList() on notes.author cannot mean the same in Postgres, Zero and JavaScript: undefined is not a list.',
      'pass a list of values, or a claim that is declared in defineAccess({ claims }).',
    ],
    [
      '[notBlank(t.author), matches(t.author, /^a/)]',
      'two checks of the table notes have the name "notes_author_check".',
      "give one of them its own name, for example 'notes_author_2_check'",
    ],
  ])('%s', async (source, message, fix) => {
    using project = testProject({
      'schema.ts': `${HEAD}export const notes = pgTable('notes', { id: id(), author: pg.text('author') },
  (t: any) => ${source}).enableRLS();`,
    });
    const { err } = await project.generate(['--check']);
    expect(err).toContain(`: ${message}\n`);
    expect(err).toContain(`fix ${fix}`);
    expect(err).not.toContain('Cannot read');
  });
});

test('with an error and nothing to write, the output does not say "up to date"', async () => {
  using project = testProject({
    'schema.ts': `${HEAD}${POSTS}`,
    'garden.config.ts': 'export default { zero: { only: ["postz"] } };',
  });
  const { code, out } = await project.generate(['zero']);
  expect({ code, out }).toEqual({ code: 1, out: 'Nothing was written.\n2 errors; see above.\n' });
});

test('without a terminal to ask about a rename, the Zero files are still written', async () => {
  const schema = (name: string): string =>
    `import * as pg from 'drizzle-orm/pg-core';
export const notes = pg.pgTable('${name}', { id: pg.uuid().primaryKey() });`;
  using project = testProject({
    'schema.ts': schema('notes'),
    'garden.config.ts': 'export default { zero: { publication: false } };',
  });
  await project.generate();
  const before = project.migrations();
  project.write({ 'schema.ts': schema('papers') });
  const { code, out, err } = await project.spawn();
  // Without drizzle-kit's own output, which includes a stack trace.
  expect(err).toMatch(
    /^generate\/rename: drizzle-kit needs to know .* No migration was written\.\n/,
  );
  expect(err).toContain('tables public.notes → public.papers');
  expect({ code, out }).toEqual({ code: 1, out: '+ zero-schema.gen.ts\n1 error; see above.\n' });
  expect(project.migrations()).toEqual(before);
});
