import { expect, test } from 'vitest';
import { testProject } from '../../cli/generate/project.fixture.ts';
import { nameMigration } from './name-migration.ts';

const HEAD = `import * as pg from 'drizzle-orm/pg-core';\n`;
const table = (name: string, columns = '', more = ''): string =>
  `export const ${name} = pg.pgTable('${name}', { id: pg.text().primaryKey(), ${columns} }${more});\n`;
const notes = table('notes');

// drizzle-kit's statements for a change, and the name of the migration.
test.each<[name: string, before: string, after: string]>([
  ['create_notes', '', notes],
  ['create_labels_and_notes', '', notes + table('labels')],
  ['create_issues_and_2_more', '', notes + table('labels') + table('issues')],
  ['drop_notes', notes + table('labels'), table('labels')],
  ['drop_issues_and_labels', notes + table('labels') + table('issues'), notes],
  ['add_title_to_notes', notes, table('notes', 'title: pg.text()')],
  ['add_title_and_body_to_notes', notes, table('notes', 'title: pg.text(), body: pg.text()')],
  [
    'add_columns_to_labels_and_notes',
    notes + table('labels'),
    table('notes', 'title: pg.text()') + table('labels', 'name: pg.text()'),
  ],
  ['drop_title_from_notes', table('notes', 'title: pg.text()'), notes],
  [
    'change_notes',
    table('notes', 'title: pg.text()'),
    table('notes', 'title: pg.text()', ", (t) => [pg.index('by_title').on(t.title)]"),
  ],
  [
    'drop_by_title',
    table('notes', 'title: pg.text()', ", (t) => [pg.index('by_title').on(t.title)]"),
    table('notes', 'title: pg.text()'),
  ],
  [
    'create_labels_add_labelId_to_notes',
    notes,
    table('labels') + table('notes', 'labelId: pg.text().references(() => labels.id)'),
  ],
  ['create_mood', notes, `${notes}export const mood = pg.pgEnum('mood', ['glad']);`],
])('a migration is called %s', async (name, before, after) => {
  using project = testProject({ 'schema.ts': HEAD + before });
  if (before !== '') await project.generate();
  project.write({ 'schema.ts': HEAD + after });
  const { out } = await project.generate();
  expect(out).toMatch(new RegExp(`^\\+ migrations/\\d+_${name}\\.sql\\n$`));
});

test('a name is a valid file name of limited length', () => {
  expect(nameMigration([`CREATE TABLE "it's a/b" (`])).toBe('create_it_s_a_b');
  const long = nameMigration([`CREATE TABLE "${'long_'.repeat(12)}x" (`]);
  expect(long.length).toBeLessThanOrEqual(60);
  expect(long).toMatch(/[a-z]$/);
  expect(nameMigration(['SELECT 1'])).toBe('change_schema');
});
