import { expect, test } from 'vitest';
import { readSource, type ReadSource } from './schema.fixture.ts';
import type { SettledRelations } from './settle-names.ts';

const TABLES = `
export const users = pgTable('users', { id: uuid().primaryKey() });
export const posts = pgTable('posts', { id: uuid().primaryKey(), author: uuid(), editor: uuid() });`;
const author = (by: string): string =>
  `({ one }) => ({ writer: one(users, { fields: [posts.${by}], references: [users.id] }) })`;
const shown = ({ schema }: ReadSource): readonly string[] =>
  schema.relations.map(({ from, name, fields }) => `${from}.${name} by ${fields.join()}`);

const twice = (relations: SettledRelations) =>
  readSource(
    {
      'schema.ts': TABLES,
      'blog/relations.ts': `import { posts, users } from '../schema.ts';
export const postsRelations = relations(posts, ${author('author')});
export const morePosts = relations(posts, ${author('id')});`,
      'admin/relations.ts': `import { posts, users } from '../schema.ts';
export const postsRelations = relations(posts, ${author('editor')});`,
    },
    {
      schema: ['schema.ts', 'blog/relations.ts', 'admin/relations.ts'],
      settled: { relations },
    },
  );

test.each<[keep: string, by: string]>([
  ['morePosts', 'id'],
  ['admin/relations.ts', 'editor'],
])('of a relation that is written several times, %s is kept', async (keep, by) => {
  const kept = await twice({ posts: { writer: { keep } } });
  expect(kept.findings).toEqual([]);
  expect(shown(kept)).toEqual([`posts.writer by ${by}`]);
});

test.each<[settled: SettledRelations, code: string, fix: string]>([
  [
    {},
    'schema/relation-twice',
    "keep one with zero.relations.posts: { writer: { keep: 'morePosts' } }",
  ],
  [
    // That file defines two of them.
    { posts: { writer: { keep: 'blog/relations.ts' } } },
    'schema/relation-twice',
    "keep one with zero.relations.posts: { writer: { keep: 'morePosts' } }",
  ],
  [
    { posts: { writer: { keep: 'nobody' } } },
    'schema/relation-twice',
    "keep one with zero.relations.posts: { writer: { keep: 'morePosts' } }",
  ],
])('without such a word it is told: %j', async (settled, code, fix) => {
  const { findings } = await twice(settled);
  expect(findings).toMatchObject([{ code, fix: expect.stringContaining(fix) as string }]);
});

test('`keep` of a relation with one definition must select that definition', async () => {
  const read = (keep: string) =>
    readSource(
      {
        'schema.ts': `${TABLES}\nexport const postsRelations = relations(posts, ${author('author')});`,
      },
      { settled: { relations: { posts: { writer: { keep } } } } },
    );
  expect((await read('postsRelations')).findings).toEqual([]);
  expect((await read('postRelations')).findings).toMatchObject([
    {
      code: 'schema/unknown-relation',
      settings: [['zero', 'relations', 'posts', 'writer', 'keep']],
      fix: 'did you mean postsRelations? Otherwise remove it from zero.relations.',
    },
  ]);
});

const clashes = `${TABLES}
export const postsRelations = relations(posts, ({ one }) => ({
  author: one(users, { fields: [posts.author], references: [users.id] }),
  editor: one(users, { fields: [posts.editor], references: [users.id] }),
}));`;

test('one setting renames all relations with names of columns', async () => {
  const told = await readSource({ 'schema.ts': clashes });
  expect(told.findings.map(({ code }) => code)).toEqual(
    Array.from({ length: 2 }, () => 'schema/relation-name-clash'),
  );
  expect(told.findings[0]?.fix).toContain("or all of them with zero.clashSuffix: 'Relation'");
  const settled = await readSource(
    { 'schema.ts': clashes },
    { settled: { clashSuffix: 'User', relations: { posts: { editor: 'checker' } } } },
  );
  expect(settled.findings).toEqual([]);
  expect(shown(settled)).toEqual(['posts.authorUser by author', 'posts.checker by editor']);
});

test('a suffix that produces the name of another column is an error', async () => {
  const { findings } = await readSource(
    { 'schema.ts': clashes.replace('editor: uuid()', 'editor: uuid(), authorId: uuid()') },
    { settled: { clashSuffix: 'Id' } },
  );
  expect(findings).toMatchObject([
    {
      code: 'schema/relation-name-clash',
      message:
        "zero.clashSuffix renames posts.author to 'authorId', which is the name of a column.",
    },
  ]);
});
