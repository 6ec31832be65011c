import { expect, test } from 'vitest';
import { kit, testProject } from '../../src/cli/generate/project.fixture.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';

const schema = (columns: string): string => `
import * as pg from 'drizzle-orm/pg-core';
import { and, defineAccess, eq, exists, id, owner, pgTable } from ${kit};
const { access } = defineAccess();
export const lists = pgTable('lists', { id: id(), author: pg.uuid('author').notNull() }, (t) => [
  ...access(t, { read: owner(t.author) }),
]).enableRLS();
export const notes = pgTable('notes', { id: id(), listId: pg.uuid('list_id').notNull(), author: pg.uuid('author').notNull(), ${columns} }, (t) => [
  ...access(t, {
    read: and(owner(t.author), eq(t.title, 'open')),
    insert: exists(() => lists, { id: t.listId }, (l) => owner(l.author), { rows: 'raw' }),
  }),
]).enableRLS();
`;

/** Successive versions of a schema, with the columns that the publication then has. */
const STEPS: readonly (readonly [what: string, columns: string, published: readonly string[]])[] = [
  ['the first tables', 'title: pg.text()', ['title']],
  ['a column more', 'title: pg.text(), count: pg.integer()', ['title', 'count']],
  [
    'another type, of a column that a policy names too',
    'title: pg.varchar({ length: 40 }), count: pg.bigint({ mode: "number" })',
    ['title', 'count'],
  ],
  ['a column less', 'title: pg.varchar({ length: 40 })', ['title']],
];

test('the migrations of each version run on a database with those of the previous one', async () => {
  using project = testProject({
    'schema.ts': '',
    'garden.config.ts': 'export default { zero: {} };',
  });
  const database = await blankPostgres();
  const run = new Set<string>();
  try {
    for (const [what, columns, published] of STEPS) {
      project.write({ 'schema.ts': schema(columns) });
      expect(await project.generate(['migrations']), what).toMatchObject({ code: 0 });
      const files = Object.entries(project.migrations()).filter(([name]) => name.endsWith('.sql'));
      for (const [name, text] of files.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        if (run.has(name)) continue;
        run.add(name);
        for (const statement of text.split('--> statement-breakpoint')) {
          await database.exec(statement);
        }
      }
      const { rows } = await database.query<{ attnames: readonly string[] }>(
        "select attnames::text[] from pg_publication_tables where tablename = 'notes'",
      );
      expect(rows[0]?.attnames, what).toEqual(['id', 'list_id', 'author', ...published]);
      const { rows: policies } = await database.query<{ policyname: string }>(
        "select policyname from pg_policies where tablename = 'notes' order by 1",
      );
      expect(
        policies.map(({ policyname }) => policyname),
        what,
      ).toEqual(['access_insert', 'access_read']);
    }
  } finally {
    await database.close();
  }
});
