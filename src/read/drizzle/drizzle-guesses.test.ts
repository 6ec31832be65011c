import { relations } from 'drizzle-orm';
import { pgTable, uuid } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { drizzleNormalises } from './drizzle-normalises.fixture.ts';
import { readSchema } from './read-schema.ts';

// Mistakes that Drizzle accepts without an error. Each case shows Drizzle's interpretation,
// and the error that is reported instead.

const users = pgTable('users', { id: uuid(), name: uuid() });
const posts = pgTable('posts', { id: uuid(), authorId: uuid(), tagId: uuid() });
const tags = pgTable('tags', { id: uuid() });
const secret = pgTable('secret', { id: uuid() });
const missing = undefined as never;

const GUESSES: Readonly<
  Record<
    string,
    {
      readonly exports: Record<string, unknown>;
      readonly drizzle: Readonly<Record<string, string>>;
      readonly told: readonly string[];
    }
  >
> = {
  'joins tags by the key of users, for the relation with the name leads elsewhere': {
    exports: {
      a: relations(posts, ({ one }) => ({
        author: one(users, { fields: [posts.authorId], references: [users.id], relationName: 'x' }),
      })),
      b: relations(tags, ({ many }) => ({ posts: many(posts, { relationName: 'x' }) })),
    },
    drizzle: {
      'posts.author': 'posts.authorId = users.id',
      'tags.posts': 'users.id = posts.authorId',
    },
    told: ['schema/relation-wrong-pair tags.posts, posts.author'],
  },
  'takes columns of any table': {
    exports: {
      a: relations(posts, ({ one }) => ({
        author: one(users, { fields: [tags.id as never], references: [posts.id as never] }),
      })),
    },
    drizzle: { 'posts.author': 'tags.id = posts.id' },
    told: ['schema/relation-wrong-column posts.author'],
  },
  'joins by a column that does not exist': {
    exports: {
      a: relations(posts, ({ one }) => ({
        author: one(users, { fields: [posts.authorId], references: [missing] }),
      })),
      b: relations(users, ({ many }) => ({ posts: many(posts) })),
    },
    drizzle: {
      'posts.author': 'posts.authorId = nothing',
      'users.posts': 'nothing = posts.authorId',
    },
    told: ['schema/relation-no-column posts.author, users.posts'],
  },
  'joins more columns than there are on the other side, or by none at all': {
    exports: {
      a: relations(posts, ({ one }) => ({
        author: one(users, {
          fields: [posts.authorId, posts.tagId],
          references: [users.id] as never,
        }),
        all: one(tags, { fields: [] as never, references: [] as never }),
      })),
    },
    drizzle: { 'posts.author': 'posts.authorId, posts.tagId = users.id', 'posts.all': ' = ' },
    told: ['schema/relation-arity posts.author', 'schema/relation-arity posts.all'],
  },
  'uses a table that is not in the schema, and forgets the relations of it': {
    exports: {
      a: relations(posts, ({ one }) => ({
        hidden: one(secret, { fields: [posts.id], references: [secret.id] }),
      })),
      b: relations(secret, ({ many }) => ({ posts: many(posts) })),
    },
    drizzle: { 'posts.hidden': 'posts.id = secret.id' },
    told: [
      'schema/relation-table-not-exported b',
      'schema/relation-table-not-exported posts.hidden',
    ],
  },
  'keeps the later of two, by the order of the exports': {
    exports: {
      a: relations(posts, ({ one }) => ({
        author: one(users, { fields: [posts.tagId], references: [users.id] }),
      })),
      b: relations(posts, ({ one }) => ({
        author: one(users, { fields: [posts.authorId], references: [users.id] }),
      })),
    } as never,
    drizzle: { 'posts.author': 'posts.authorId = users.id' },
    told: ['schema/relation-twice posts.author, posts.author'],
  },
  'hides a column behind a relation of its name': {
    exports: {
      a: relations(users, ({ one }) => ({ name: one(posts) })),
      b: relations(posts, ({ one }) => ({
        author: one(users, { fields: [posts.authorId], references: [users.id] }),
      })),
    },
    drizzle: {
      'users.name': 'users.id = posts.authorId',
      'posts.author': 'posts.authorId = users.id',
    },
    told: ['schema/relation-name-clash users.name'],
  },
};

test.each(Object.entries(GUESSES))('Drizzle %s', (_, { exports, drizzle, told }) => {
  const schema = { users, posts, tags, ...exports };
  expect(drizzleNormalises(schema)).toEqual(drizzle);
  const { findings } = readSchema({ files: [{ file: '/nowhere/schema.ts', exports: schema }] });
  const tables = new Set(['users', 'posts', 'tags']);
  expect(
    findings.map(
      ({ code, object, context = [] }) =>
        `${code} ${[object, ...context.filter((name) => !tables.has(name))].join(', ')}`,
    ),
  ).toEqual(told);
});
