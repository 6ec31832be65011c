import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Explained } from '../../postgres/queries/explain-query.ts';
import { PGLITE, projectFolder, type ProjectFolder } from '../project-folder.fixture.ts';

const server = JSON.stringify(join(import.meta.dirname, '../../server.ts'));

const QUERIES = {
  'garden.config.ts': `export default { preparedQueries: './queries.ts' };`,
  'sql/0000_a.sql': `create table a (id int primary key, words text[], moment timestamptz);
    insert into a select i, array['it''s', 'a "b" \\c', null], '2026-01-01' from generate_series(1, 500) as i`,
  'queries.ts': `import { sql } from 'drizzle-orm';
    import { integer, pgTable, text } from 'drizzle-orm/pg-core';
    import { preparedQuery } from ${server};
    const a = pgTable('a', { id: integer('id').primaryKey(), words: text('words').array() });
    export const after = preparedQuery({
      name: 'after',
      summary: 'rows after one',
      build: (db) => db.select().from(a).where(sql\`\${a.id} > \${sql.placeholder('id')}::int\`),
      example: async (db) => (await db.select().from(a).limit(1))[0],
    });
    export const withWords = preparedQuery({
      name: 'with-words',
      summary: 'rows with words',
      build: (db) => db.select().from(a).where(sql\`\${a.words} = \${sql.placeholder('words')}::text[]\`),
    });
    export const remove = preparedQuery({
      name: 'remove',
      summary: 'removes every row',
      build: (db) => db.delete(a).returning(),
    });`,
};

let migrated: ProjectFolder;
beforeAll(async () => {
  migrated = projectFolder(PGLITE, QUERIES);
  await migrated.writeDatabase();
});
afterAll(() => migrated.remove());

async function explain(...args: readonly string[]): Promise<Explained> {
  const { code, out, err } = await migrated.garden('explain', ...args, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Explained;
}

test('garden explain shows a prepared query of the project with its plan', async () => {
  const { garden } = migrated;
  expect((await garden('explain')).out).toBe(
    'The queries:\n  after       rows after one\n  remove      removes every row\n  with-words  rows with words\n',
  );
  const { code, out } = await garden('explain', 'after', '--values', '{ "id": 100 }');
  expect(code).toBe(0);
  expect(out).toMatch(/^after {2}rows after one\n\nselect .*\n\n {2}\$1 = 100\n\n/);
  expect(out).toMatch(/^(Bitmap Heap|Seq) Scan on a .* 400 rows \(estimated .*← slowest/m);
  expect(out).toMatch(/400 rows in [\d.]+ ms, prepared\n$/);
  expect(await explain('after', '--values', '{ "id": 499 }')).toMatchObject({
    rows: 1,
    params: [499],
    plan: { root: { table: 'a', rows: 1, loops: 1 } },
  });
});

test('values that need escapes reach the plan as they reach the query', async () => {
  const values = JSON.stringify({ words: ["it's", 'a "b" \\c', null] });
  expect(await explain('with-words', '--values', values)).toMatchObject({
    rows: 500,
    plan: { root: { rows: 500 } },
  });
});

test('a query that writes is rolled back', async () => {
  // Only the first of several runs finds the rows, so that the plan has none.
  expect((await explain('remove')).plan.root.node).toBe('ModifyTable');
  expect((await explain('after', '--values', '{ "id": 0 }')).rows).toBe(500);
});

describe('mistakes in a call', () => {
  test.each([
    ['a misspelt name', ['aftr'], 'cli/bad-value', 'did you mean after?'],
    ['no values', ['with-words'], 'queries/values', `--values '{ "words": … }'`],
    ['a wrong value', ['after', '--values', '{ "id": 1, "ids": 2 }'], 'queries/values', 'id?'],
    ['no JSON', ['after', '--values', 'id=1'], 'cli/bad-value', '{ "name": "react" }'],
    ['no object', ['after', '--values', '[1]'], 'cli/bad-value', '{ "name": "react" }'],
  ])('%s', async (_, args, code, fix) => {
    const { err } = await migrated.garden('explain', ...args);
    expect(err).toMatch(new RegExp(`^${code}: `));
    expect(err.split('\n    fix ')[1]).toContain(fix);
  });
});

describe('mistakes in the project', () => {
  test.each([
    ['no setting', { 'garden.config.ts': 'export default {};' }, 'queries/none', './queries'],
    ['no export', { 'queries.ts': 'export const a = 1;' }, 'queries/no-exports', 'export'],
  ])('%s', async (_, files, code, fix) => {
    const { garden, remove } = projectFolder(PGLITE, { ...QUERIES, ...files });
    onTestFinished(remove);
    const { err } = await garden('explain', 'after');
    expect(err).toMatch(new RegExp(`^${code}: .*\n.*garden\\.config\\.ts`));
    expect(err.split('\n    fix ')[1]).toContain(fix);
  });
});

test('the help says where to look for the queries of clients', async () => {
  const { out } = await migrated.garden('explain', '--help');
  expect(out).toMatch(/not the queries of Zero's clients[^]*zero\.inspector[^]*analyze-query/);
});
