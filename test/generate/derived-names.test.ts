import { expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import type { ZeroChoices } from '../../src/model/zero-choices.ts';
import { readSource } from '../../src/read/drizzle/schema.fixture.ts';

/** Users write posts and vote for them. `ofUsers` are the tested relations. */
const blog = (ofUsers: string): string => `
export const users = pgTable('users', { id: uuid().primaryKey(), favouriteId: uuid() });
export const posts = pgTable('posts', { id: uuid().primaryKey(), authorId: uuid() });
export const votes = pgTable('votes', { userId: uuid(), postId: uuid() }, (t) => [pg.primaryKey({ columns: [t.userId, t.postId] })]);
export const usersRelations = relations(users, ({ one, many }) => ({ ${ofUsers} votes: many(votes) }));
export const postsRelations = relations(posts, ({ one }) => ({
  author: one(users, { fields: [posts.authorId], references: [users.id] }),
}));
export const votesRelations = relations(votes, ({ one }) => ({
  user: one(users, { fields: [votes.userId], references: [users.id] }),
  post: one(posts, { fields: [votes.postId], references: [posts.id] }),
}));`;

/** The relations of users in a readable form: `votesPost > votes > posts`. */
async function ofUsers(written: string, choices: ZeroChoices = {}): Promise<readonly string[]> {
  const { relations } = choices;
  const { schema } = await readSource(
    { 'schema.ts': blog(written) },
    { ...(relations && { settled: { relations } }) },
  );
  const { zero } = planZero(schema, undefined, choices);
  const users = zero.tables.find(({ name }) => name === 'users');
  return (users?.relations ?? []).map(({ name, hops }) =>
    [name, ...hops.map(({ destSchema }) => destSchema)].join(' > '),
  );
}

const votesPost = 'votesPost > votes > posts';
const votes = 'votes > votes';

test.each<[what: string, written: string, choices: ZeroChoices, found: readonly string[]]>([
  ['is free', '', {}, ['posts > votes > posts', votes]],
  ['is written', 'posts: many(posts),', {}, ['posts > posts', votes, votesPost]],
  [
    'is written, and left out by choice',
    'posts: many(posts),',
    { relations: { users: { posts: false } } },
    [votes, votesPost],
  ],
  [
    'is written, and renamed by choice',
    'posts: many(posts),',
    { relations: { users: { posts: 'writings' } } },
    [votes, votesPost, 'writings > posts'],
  ],
  [
    'is written, and means two things',
    "posts: many(posts, { relationName: 'nobody' }),",
    {},
    [votes, votesPost],
  ],
  [
    'is declared, over a column that is not synced',
    'posts: one(posts, { fields: [users.favouriteId], references: [posts.id] }),',
    { tables: { users: { columns: { favouriteId: false } } } },
    [votes, votesPost],
  ],
  [
    'is free, and another relation has the same target',
    'written: many(posts),',
    {},
    [votes, votesPost, 'written > posts'],
  ],
  [
    'is set in the config',
    'posts: many(posts),',
    { relations: { users: { posts: false } }, manyToMany: { users: { votesPost: 'posts' } } },
    ['posts > votes > posts', votes],
  ],
])('a derived relation whose short name %s', async (_, written, choices, found) => {
  expect(await ofUsers(written, choices)).toEqual(found);
});
