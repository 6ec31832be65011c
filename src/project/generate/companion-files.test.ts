import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kit, testProject, type TestProject } from '../../cli/generate/project.fixture.ts';

const schema = ({ title = 'pg.text()', count = '', own = '' } = {}): string => `
import { sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import { and, defineAccess, eq, exists, id, or, owner, pgTable } from ${kit};
const { access } = defineAccess();
export const lists = pgTable('lists', { id: id(), author: pg.uuid('author').notNull() }, (t) => [
  ...access(t, { read: owner(t.author) }),
]).enableRLS();
export const notes = pgTable('notes', { id: id(), listId: pg.uuid('list_id').notNull(), author: pg.uuid('author').notNull(), title: ${title}, ${count} }, (t) => [
  ...access(t, {
    read: owner(t.author),
    insert: and(
      owner(t.author),
      exists(() => lists, { id: t.listId }, (l) => owner(l.author), { rows: 'raw' }),
    ),
  }),
]).enableRLS();
${own}`;
const ZERO = { 'garden.config.ts': 'export default { zero: {} };' };

/** The migrations for a change of the schema: the SQL by file name. */
async function written(project: TestProject): Promise<Readonly<Record<string, string>>> {
  const { out, err } = await project.generate(['migrations']);
  expect(err).toBe('');
  const files = project.migrations();
  const names = out.match(/\d+_\w+\.sql/g) ?? [];
  return Object.fromEntries(names.map((name) => [name.replace(/^\d+_/, ''), files[name] ?? '']));
}

test("the first run writes drizzle-kit's migration, followed by the companion migration", async () => {
  using project = testProject({ 'schema.ts': schema(), ...ZERO });
  expect(Object.keys(await written(project))).toEqual([
    'create_lists_and_notes.sql',
    'companion.sql',
  ]);
});

test('roles are created first, because a pgPolicy may name them', async () => {
  const own = `export const tags = pgTable('tags', { id: id() }, () => [
    pg.pgPolicy('own', { for: 'select', to: pg.pgRole('app_user').existing(), using: sql\`true\` }),
  ]).enableRLS();`;
  using project = testProject({ 'schema.ts': schema({ own }), ...ZERO });
  const files = await written(project);
  expect(Object.keys(files)[0]).toBe('companion_before.sql');
  expect(files['companion_before.sql']).toContain('create role "app_user"');
  expect(files['companion.sql']).not.toContain('create role');
});

test('a new column is granted and published, and changes no policy', async () => {
  using project = testProject({ 'schema.ts': schema(), ...ZERO });
  await written(project);
  project.write({ 'schema.ts': schema({ count: 'count: pg.integer()' }) });
  const files = await written(project);
  expect(Object.keys(files)).toEqual(['add_count_to_notes.sql', 'companion.sql']);
  expect(files['companion.sql']).toContain(
    'grant insert ("id", "list_id", "author", "title", "count")',
  );
  expect(files['companion.sql']).toContain('alter publication "zero_data" set table');
  expect(files['companion.sql']).not.toMatch(/policy|function/);
});

test.each<[what: string, change: Parameters<typeof schema>[0]]>([
  ['is dropped', { title: 'pg.text(), count: pg.integer()' }],
  ['changes its type', { title: 'pg.varchar({ length: 9 }), count: pg.integer()' }],
])('a published column that %s is taken out of the publication first', async (_, change) => {
  using project = testProject({
    'schema.ts': schema({ title: 'pg.text(), count: pg.integer(), more: pg.text()' }),
    ...ZERO,
  });
  await written(project);
  project.write({ 'schema.ts': schema({ ...change, title: `${change?.title}` }) });
  const files = await written(project);
  expect(Object.keys(files)[0]).toBe('companion_before.sql');
  expect(files['companion_before.sql']).toContain('alter publication "zero_data" set table');
  // No policy uses the column.
  expect(JSON.stringify(files)).not.toContain('policy');
});

test('a policy is dropped and created again around a change of a column that it uses', async () => {
  const typed = (title: string): string =>
    schema({ title }).replace(
      /read: owner\(t\.author\),\n/,
      "read: or(owner(t.author), eq(t.title, 'open')),\n",
    );
  using project = testProject({ 'schema.ts': typed('pg.text()'), ...ZERO });
  await written(project);
  project.write({ 'schema.ts': typed('pg.varchar({ length: 40 })') });
  const files = await written(project);
  expect(files['companion_before.sql']).toContain('drop policy if exists "access_read"');
  expect(files['companion_before.sql']).not.toContain('access_insert');
  expect(files['companion.sql']).toContain('create policy "access_read"');
});

test('objects that an earlier version created before the tables are unchanged', async () => {
  using project = testProject({ 'schema.ts': schema(), ...ZERO });
  await written(project);
  const file = join(project.folder, 'migrations/meta/_companion.json');
  const { before, after } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>;
  const early = Object.entries(after ?? {}).filter(([key]) =>
    /^(?:role|schema|function|execute)/.test(key),
  );
  expect(early.length).toBeGreaterThan(3);
  const late = Object.entries(after ?? {}).filter(([key]) => !early.some(([one]) => one === key));
  writeFileSync(
    file,
    JSON.stringify({
      before: { ...Object.fromEntries(early), ...before },
      after: Object.fromEntries(late),
    }),
  );
  expect(await project.generate(['--check', 'migrations'])).toMatchObject({ code: 0, err: '' });
  // A removed function is dropped after the policy that called it.
  project.write({
    'schema.ts': schema().replace(/exists\(\(\) => lists.*\n/, ''),
  });
  const files = await written(project);
  expect(files['companion_before.sql']).toContain('drop policy if exists "access_insert"');
  expect(files['companion.sql']).toContain('drop function if exists "access"."exists_lists');
});
