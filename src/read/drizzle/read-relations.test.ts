import { describe, expect, test } from 'vitest';
import { readSource, type ReadSource } from './schema.fixture.ts';
import type { SettledRelations } from './settle-names.ts';

/** Two tables in lines 2 and 3. The text of a test starts in line 4. */
const TABLES = `
export const users = pgTable('users', { id: uuid().primaryKey(), name: text() });
export const posts = pgTable('posts', { id: uuid().primaryKey(), authorId: uuid(), editorId: uuid(), tenant: uuid() });
`;

const read = (source: string, settled: SettledRelations = {}): Promise<ReadSource> =>
  readSource({ 'schema.ts': TABLES + source }, { settled: { relations: settled } });

const shown = ({ schema }: ReadSource): readonly string[] =>
  schema.relations.map(
    ({ from, name, cardinality, to, fields, references }) =>
      `${from}.${name} ${cardinality} ${to} ${fields.join()} = ${references.join()}`,
  );

const AUTHOR = 'author: one(users, { fields: [posts.authorId], references: [users.id] })';
const EDITOR = 'editor: one(users, { fields: [posts.editorId], references: [users.id] })';

describe('unambiguous relations', () => {
  test('both sides, with table, name and place', async () => {
    const found = await read(`
export const p = relations(posts, ({ one }) => ({
  ${AUTHOR},
}));
export const u = relations(users, ({ many }) => ({ posts: many(posts) }));`);
    expect(found.findings).toEqual([]);
    expect(shown(found)).toEqual([
      'posts.author one users authorId = id',
      'users.posts many posts id = authorId',
    ]);
    expect(found.schema.relations.map(({ at }) => at?.line)).toEqual([6, 8]);
  });

  test('in two calls for one table, to the same table, one to one, with several columns, in a separate file', async () => {
    const found = await readSource(
      {
        'tables.ts': `
export const nodes = pgTable('nodes', { id: uuid(), tenant: uuid(), parentId: uuid() });
export const faces = pgTable('faces', { nodeId: uuid(), shown: uuid() });`,
        'relations.ts': `
import { nodes, faces as f } from './tables.ts';
const parent = (one: any) => ({ parent: one(nodes, { fields: [nodes.tenant, nodes.parentId], references: [nodes.tenant, nodes.id], relationName: 'tree' }) });
export const a = relations(nodes, ({ one, many }) => ({ ...parent(one), children: many(nodes, { relationName: 'tree' }) }));
export const b = relations(nodes, ({ one }) => ({ face: one(f) }));
export const c = relations(f, ({ one }) => ({ node: one(nodes, { fields: [f.nodeId], references: [nodes.id] }) }));`,
      },
      { schema: ['relations.ts', 'tables.ts'] },
    );
    expect(found.findings).toEqual([]);
    expect(shown(found)).toEqual([
      'faces.node one nodes nodeId = id',
      'nodes.children many nodes tenant,id = tenant,parentId',
      'nodes.face one faces id = nodeId',
      'nodes.parent one nodes tenant,parentId = tenant,id',
    ]);
    expect(found.schema.relations.map(({ at }) => at?.line)).toEqual([6, 4, 5, 3]);
  });

  test('declared twice identically: one of the two is used', async () => {
    const found = await read(`
export const p = relations(posts, ({ one }) => ({ ${AUTHOR} }));
export const q = relations(posts, ({ one, many }) => ({ ${AUTHOR} }));
export const r = relations(users, ({ many }) => ({ posts: many(posts) }));
export const s = relations(users, ({ many }) => ({ posts: many(posts) }));`);
    expect(found.findings).toEqual([]);
    expect(shown(found)).toHaveLength(2);
  });

  test('one relationName for two pairs of different tables', async () => {
    const found = await read(`
export const notes = pgTable('notes', { id: uuid(), by: uuid() });
export const p = relations(posts, ({ one }) => ({ author: one(users, { fields: [posts.authorId], references: [users.id], relationName: 'author' }) }));
export const n = relations(notes, ({ one }) => ({ author: one(users, { fields: [notes.by], references: [users.id], relationName: 'author' }) }));
export const u = relations(users, ({ many }) => ({ posts: many(posts, { relationName: 'author' }), notes: many(notes, { relationName: 'author' }) }));`);
    expect(found.findings).toEqual([]);
    expect(shown(found)).toHaveLength(4);
  });
});

/** Mistakes, with the code and places of the finding. Valid relations are kept. */
const WRONG: Readonly<Record<string, readonly [source: string, ...told: string[]]>> = {
  'two keys without names to one table': [
    `export const p = relations(posts, ({ one }) => ({ ${AUTHOR}, ${EDITOR} }));
export const u = relations(users, ({ many }) => ({ posts: many(posts) }));`,
    'schema/relation-ambiguous | schema.ts:5  users.posts | schema.ts:4  posts.author | schema.ts:4  posts.editor',
  ],
  'one relationName for two keys': [
    `export const p = relations(posts, ({ one }) => ({ ${AUTHOR},
  a: one(users, { fields: [posts.authorId], references: [users.id], relationName: 'x' }),
  b: one(users, { fields: [posts.editorId], references: [users.id], relationName: 'x' }) }));
export const u = relations(users, ({ many }) => ({ posts: many(posts, { relationName: 'x' }) }));`,
    'schema/relation-ambiguous | schema.ts:7  users.posts | schema.ts:5  posts.a | schema.ts:6  posts.b',
  ],
  'a table and itself without a name': [
    `export const p = relations(posts, ({ one, many }) => ({ ${AUTHOR},
  up: one(posts, { fields: [posts.tenant], references: [posts.id] }), down: many(posts) }));`,
    'schema/relation-ambiguous | schema.ts:5  posts.down | schema.ts:5  posts.up',
  ],
  'a side without a key anywhere': [
    `export const notes = pgTable('notes', { id: uuid() });
export const u = relations(users, ({ many }) => ({ notes: many(notes) }));
export const p = relations(posts, ({ one }) => ({ ${AUTHOR} }));`,
    'schema/relation-no-key | schema.ts:5  users.notes | schema.ts:4  notes',
  ],
  'a one without fields': [
    `export const p = relations(posts, ({ one }) => ({ ${AUTHOR}, bad: one(users, { relationName: 'x' } as any) }));`,
    'schema/relation-no-key | schema.ts:4  posts.bad | schema.ts:2  users',
  ],
  'columns that are not there, and the other sides that lean on them': [
    `export const p = relations(posts, ({ one }) => ({ ${AUTHOR},
  bad: one(users, { references: [(users as any).id, users.uuid], fields: [posts.id, posts.tenant], relationName: 'x' } as any) }));
export const u = relations(users, ({ many }) => ({ bad: many(posts, { relationName: 'x' }) }));`,
    'schema/relation-no-column | schema.ts:5  posts.bad | schema.ts:6  users.bad | schema.ts:2  users',
  ],
  'more fields than references': [
    `export const p = relations(posts, ({ one }) => ({ ${AUTHOR},
  bad: one(users, { fields: [posts.id, posts.tenant], references: [users.id], relationName: 'x' } as any) }));
export const u = relations(users, ({ many }) => ({ bad: many(posts, { relationName: 'x' }) }));`,
    'schema/relation-arity | schema.ts:5  posts.bad | schema.ts:6  users.bad | schema.ts:2  users',
  ],
  'the columns of the wrong side': [
    `export const p = relations(posts, ({ one }) => ({ ${AUTHOR},
  bad: one(users, { fields: [users.id], references: [posts.authorId] } as any) }));`,
    'schema/relation-wrong-column | schema.ts:5  posts.bad | schema.ts:2  users',
  ],
  'a table that is not exported': [
    `const secret = pgTable('secret', { id: uuid() });
export const p = relations(posts, ({ one }) => ({ ${AUTHOR}, bad: one(secret, { fields: [posts.id], references: [secret.id] }) }));
export const s = relations(secret, ({ many }) => ({ posts: many(posts) }));`,
    'schema/relation-table-not-exported | schema.ts:6  s',
    'schema/relation-table-not-exported | schema.ts:5  posts.bad',
  ],
  'a table that is undefined': [
    `export const p = relations(posts, ({ one, many }) => ({ ${AUTHOR}, bad: many(undefined as any) }));`,
    'schema/relation-no-table | schema.ts:4  posts.bad',
  ],
  'a function that throws': [
    `export const p = relations(posts, ({ one }) => ({ ${AUTHOR} }));
export const q = relations(posts, () => { throw new Error('no'); });`,
    'schema/relations-throw | schema.ts:5  q',
  ],
  'the name of a column': [
    `export const p = relations(posts, ({ one }) => ({ ${AUTHOR}, tenant: one(users, { fields: [posts.tenant], references: [users.id] }) }));`,
    'schema/relation-name-clash | schema.ts:4  posts.tenant | schema.ts:3  posts.tenant',
  ],
};

test.each(Object.entries(WRONG))(
  'invalid, and reported with both places: %s',
  async (_, [source, ...told]) => {
    const found = await read(source);
    expect(found.told).toEqual(told);
    expect(found.findings.every(({ severity, fix }) => severity === 'error' && fix !== '')).toBe(
      true,
    );
    expect(shown(found)).toContain('posts.author one users authorId = id');
  },
);

test('one name in several calls, of which Drizzle uses the last: all are left out, and so is the inverse', async () => {
  const found = await read(`
export const p = relations(posts, ({ one }) => ({ ${AUTHOR}, ${EDITOR.replace('{ ', "{ relationName: 'e', ")} }));
export const q = relations(posts, ({ one }) => ({ ${EDITOR.replace('editorId', 'tenant')} }));
export const r = relations(posts, ({ one }) => ({ ${EDITOR.replace('editorId', 'id')} }));
export const u = relations(users, ({ many }) => ({ edited: many(posts, { relationName: 'e' }) }));`);
  expect(found.told).toEqual([
    'schema/relation-twice | schema.ts:5  posts.editor | schema.ts:6  posts.editor | schema.ts:7  posts.editor | schema.ts:8  users.edited',
  ]);
  expect(shown(found)).toEqual(['posts.author one users authorId = id']);
});

test('two tables with one export name: relations from and to the second are left out', async () => {
  const found = await readSource(
    {
      'a.ts': `
import { orders } from './c.ts';
export const users = pg.pgSchema('auth').table('users', { id: uuid(), bossId: uuid() });
export const a = relations(users, ({ one }) => ({ boss: one(users, { fields: [users.bossId], references: [users.id], relationName: 'b' }) }));`,
      'b.ts': `
import { orders } from './c.ts';
export const users = pgTable('users', { id: uuid(), bossId: uuid() });
export const b = relations(users, ({ one }) => ({ chief: one(users, { fields: [users.bossId], references: [users.id], relationName: 'c' }) }));
export const c = relations(orders, ({ one }) => ({ buyer: one(users, { fields: [orders.buyerId], references: [users.id] }) }));`,
      'c.ts': `export const orders = pgTable('orders', { id: uuid(), buyerId: uuid() });`,
    },
    { schema: ['a.ts', 'b.ts', 'c.ts'] },
  );
  expect(found.told).toEqual(['schema/export-twice | a.ts:3  auth.users | b.ts:3  public.users']);
  expect(shown(found)).toEqual(['users.boss one users bossId = id']);
});

describe('settings in the config', () => {
  const clashes = `
export const p = relations(posts, ({ one }) => ({ ${AUTHOR}, ${EDITOR}, tenant: one(users, { fields: [posts.tenant], references: [users.id] }) }));
export const u = relations(users, ({ many }) => ({ posts: many(posts) }));`;

  test('exclude and rename relations', async () => {
    const found = await read(clashes, {
      users: { posts: false },
      posts: { tenant: 'tenantUser', editor: false },
    });
    expect(found.findings).toEqual([]);
    expect(shown(found)).toEqual([
      'posts.author one users authorId = id',
      'posts.tenantUser one users tenant = id',
    ]);
  });

  test('an excluded relation still defines its inverse, as in Drizzle', async () => {
    const source = `
export const p = relations(posts, ({ one }) => ({ ${AUTHOR} }));
export const u = relations(users, ({ many }) => ({ posts: many(posts) }));`;
    const found = await read(source, { posts: { author: false } });
    expect(found.findings).toEqual([]);
    expect(shown(found)).toEqual(['users.posts many posts id = authorId']);
  });

  test('if an invalid relation is excluded, its inverse is reported', async () => {
    const source = `
export const p = relations(posts, ({ one }) => ({ bad: one(users, { fields: [posts.id], references: [] } as any) }));
export const u = relations(users, ({ many }) => ({ posts: many(posts) }));`;
    expect((await read(source, { posts: { bad: false } })).told).toEqual([
      'schema/relation-no-key | schema.ts:6  users.posts | schema.ts:5  posts.bad',
    ]);
    expect((await read(source, { posts: { bad: false }, users: { posts: false } })).told).toEqual(
      [],
    );
    expect((await read(source, { users: { posts: false } })).told).toEqual([
      'schema/relation-arity | schema.ts:5  posts.bad | schema.ts:2  users',
    ]);
  });

  test('a new name that is already used is an error', async () => {
    const settled = { users: { posts: false }, posts: { editor: 'author', tenant: 'id' } } as const;
    expect((await read(clashes, settled)).told).toEqual([
      'schema/relation-name-clash | zero.relations.posts.editor | schema.ts:5  posts.editor | schema.ts:5  posts.author',
      'schema/relation-name-clash | zero.relations.posts.tenant | schema.ts:5  posts.tenant | schema.ts:3  posts.id',
    ]);
  });

  test('an unknown name is an error with a suggestion', async () => {
    const source = `export const p = relations(posts, ({ one }) => ({ ${AUTHOR} }));`;
    const found = await read(source, { posts: { autor: false }, user: { posts: false } });
    expect(
      found.findings.map(({ severity, code, settings, fix }) => [severity, code, settings, fix]),
    ).toEqual([
      [
        'error',
        'schema/unknown-relation',
        [['zero', 'relations', 'posts', 'autor']],
        'did you mean author? Otherwise remove it from zero.relations.',
      ],
      [
        'error',
        'schema/unknown-relation',
        [['zero', 'relations', 'user']],
        'did you mean users? Otherwise remove it from zero.relations.',
      ],
    ]);
  });
});

test.each([
  ['[posts.id]', '[users.uuid]', 'references[0]: users.uuid'],
  ['[posts.id, posts.nothing]', '[users.id, users.id]', 'fields[1]: posts.nothing'],
  ['[(posts as any).id]', '[undefined]', 'references[0]'],
])('the finding for %s and %s', async (fields, references, hole) => {
  const found = await read(`
export const p = relations(posts, ({ one }) => ({ bad: one(users, { fields: ${fields}, references: ${references} } as any) }));`);
  expect(found.findings).toEqual([
    {
      severity: 'error',
      code: 'schema/relation-no-column',
      message: `the relation posts.bad names a column that does not exist, ${hole}.`,
      object: 'posts.bad',
      places: [
        { file: `${found.folder}/schema.ts`, line: 5, name: 'posts.bad' },
        { file: `${found.folder}/schema.ts`, line: 2, name: 'users' },
      ],
      fix: 'name columns of posts in fields, and of users in references.',
      stage: 'relations',
    },
  ]);
});
