import { getTableConfig, uuid, type AnyPgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import {
  and,
  anyone,
  defineAccess,
  exists,
  id,
  isNull,
  owner,
  pgTable,
  role,
  type Rule,
} from '../index.ts';
import { problemOf, type Loose } from './refusals.fixture.ts';

const { access } = defineAccess();

const links = pgTable('links', { id: id(), replyId: uuid('reply_id') });

/** Replies to replies: the inner row and the outer row have the same columns. */
function replies(read: (t: Loose, self: () => Loose) => Rule): PgTable {
  const table = pgTable(
    'replies',
    { id: id(), parentId: uuid('parent_id'), author: uuid('author') },
    (t): ReturnType<typeof access> => access(t, { read: read(t, () => table) }),
  ).enableRLS();
  return table;
}

const parent = (t: { readonly parentId: AnyPgColumn }): Loose => ({ id: t.parentId });

describe('a column of the outer row inside an exists() over the same table', () => {
  test.each<[string, (t: Loose, self: () => Loose) => Rule]>([
    ['alone', (t, self) => exists(self, parent(t), () => owner(t.author))],
    [
      'together with a column of the inner row',
      (t, self) => exists(self, parent(t), (p: Loose) => and(owner(p.author), isNull(t.parentId))),
    ],
    [
      'joined to a third table',
      (t, self) => exists(self, parent(t), () => exists(() => links, { replyId: t.id } as Loose)),
    ],
    [
      'two hops further in',
      (t, self) =>
        exists(
          () => links,
          { replyId: t.id } as Loose,
          (l) => exists(self, { id: l.replyId } as Loose, () => owner(t.author)),
        ),
    ],
  ])('is refused: %s', (_, read) => {
    const problem = problemOf(() => getTableConfig(replies(read)));
    expect(problem.code).toBe('access/outer-column');
    expect(problem.message).toContain('exists() over replies reads replies.');
    expect(problem.fix).toContain('callback');
  });

  test.each<[string, (t: Loose, self: () => Loose) => Rule]>([
    ['the callback’s columns', (t, self) => exists(self, parent(t), (p: Loose) => owner(p.author))],
    [
      'the outer row outside the exists',
      (t, self) =>
        and(
          owner(t.author),
          exists(self, parent(t), () => role('a')),
        ),
    ],
    [
      'a hop from the inner row',
      (t, self) => exists(self, parent(t), (p: Loose) => exists(self, parent(p), () => anyone)),
    ],
  ])('is allowed in its place: %s', (_, read) => {
    expect(() => getTableConfig(replies(read))).not.toThrow();
  });
});
