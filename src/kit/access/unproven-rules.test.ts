import { describe, expect, test } from 'vitest';
import {
  and,
  anyone,
  authenticated,
  can,
  eq,
  exists,
  gt,
  gte,
  inList,
  ne,
  or,
  owner,
  role,
  type AccessInput,
  type Rule,
} from '../index.ts';
import { claims, other, problemOf, refused, warned, type Loose } from './refusals.fixture.ts';

/** A joined row of the other table satisfies the rule. */
const member = (t: Loose, rule?: (o: Loose) => Rule, rows: 'raw' | 'visible' = 'raw'): Rule =>
  exists(() => other, { id: t.otherId }, rule, { rows });

/** Variants of the same rule, with conditions on the joined rows. */
const mine = (o: Loose): Rule => owner(o.createdBy);
const mineAnd = (rule: (o: Loose) => Rule) => (o: Loose) => and(mine(o), rule(o));
const isAdmin = (o: Loose): Rule => eq(o.kind, 'admin');

describe('a write to provably readable rows gives no warning', () => {
  test.each<[string, (t: Loose) => AccessInput]>([
    [
      'members read, members who are admins write',
      (t) => ({
        read: member(t, mine),
        insert: member(t, mineAnd(isAdmin)),
        update: member(
          t,
          mineAnd((o) => inList(o.kind, ['admin', 'editor'])),
        ),
        delete: member(t, mineAnd(isAdmin)),
      }),
    ],
    [
      'one kind of those that may read',
      (t) => ({
        read: member(
          t,
          mineAnd((o) => inList(o.kind, ['admin', 'guest'])),
        ),
        delete: member(t, mineAnd(isAdmin)),
      }),
    ],
    [
      'not the kind that may not read',
      (t) => ({ read: member(t, (o) => ne(o.kind, 'guest')), delete: member(t, isAdmin) }),
    ],
    [
      'a number within bounds',
      (t) => ({ read: member(t, (o) => gt(o.size, 1)), delete: member(t, (o) => eq(o.size, 2)) }),
    ],
    ['any row', (t) => ({ read: member(t), delete: member(t, isAdmin) })],
    ['visible rows', (t) => ({ read: member(t), delete: member(t, isAdmin, 'visible') })],
    [
      'the expansion of can()',
      (t) => ({
        read: can(() => other, { id: t.otherId }, 'read'),
        update: can(() => other, { id: t.otherId }, 'update'),
        delete: member(t, mine, 'visible'),
      }),
    ],
    [
      'more columns joined',
      (t) => ({
        read: member(t, isAdmin),
        delete: exists(() => other, { id: t.otherId, createdBy: t.createdBy }, isAdmin as never),
      }),
    ],
    [
      'membership implies authentication',
      (t) => ({ read: authenticated, delete: member(t, mine) }),
    ],
    [
      'one of two ways to read',
      (t) => ({ read: or(role('staff'), member(t, mine)), delete: member(t, mineAnd(isAdmin)) }),
    ],
  ])('%s', (_, write) => {
    expect(warned(write)).toEqual([]);
  });
});

describe('a write without proof gives a warning', () => {
  test.each<[string, (t: Loose) => AccessInput]>([
    ['the author may have left', (t) => ({ read: member(t, mine), delete: owner(t.createdBy) })],
    ['members of another kind', (t) => ({ read: member(t, isAdmin), delete: member(t, mine) })],
    [
      'two orders of one column',
      (t) => ({ read: member(t, (o) => gte(o.size, 1)), delete: member(t, (o) => gt(o.size, 0)) }),
    ],
    [
      'rows that are not visible',
      (t) => ({ read: member(t, mine, 'visible'), delete: member(t, mine) }),
    ],
    [
      'two claims about one column',
      (t) => ({ read: inList(t.createdBy, claims.orgs), delete: owner(t.createdBy) }),
    ],
    ['any principal', (t) => ({ read: member(t), delete: anyone })],
  ])('%s', (_, write) => {
    expect(warned(write)).toEqual(['access/blind-write delete']);
  });
});

describe('an insert of an unreadable row gives a warning', () => {
  test.each<[string, (t: Loose) => AccessInput]>([
    ['without a rule for reading', () => ({ insert: anyone })],
    ['of others', (t) => ({ read: owner(t.createdBy), insert: authenticated })],
    ['independent of other tables', (t) => ({ read: member(t, mine), insert: authenticated })],
  ])('%s', (_, write) => {
    expect(warned(write)).toEqual(['access/hidden-insert insert']);
  });
});

test('a refuted write is still refused', () => {
  expect(refused((t) => ({ read: eq(t.title, 'a'), delete: eq(t.title, 'b') })).code).toBe(
    'access/blind-write',
  );
  expect(refused((t) => ({ delete: member(t, mine) })).code).toBe('access/blind-write');
  expect(problemOf(() => warned(() => ({ read: role('a'), delete: role('b') }))).code).toBe(
    'access/blind-write',
  );
});
