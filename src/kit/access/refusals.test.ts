import { getTableConfig, uuid } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { readAccess } from '../../read/drizzle/read-access.ts';
import {
  and,
  anyone,
  authenticated,
  can,
  defineAccess,
  eq,
  exists,
  gt,
  id,
  inList,
  isNull,
  lt,
  not,
  notDeleted,
  or,
  owner,
  pgTable,
  role,
  type AccessInput,
  type Rule,
} from '../index.ts';
import {
  access,
  claims,
  other,
  make,
  moody,
  refused,
  reading,
  problemOf,
  type Loose,
} from './refusals.fixture.ts';

describe('a rule that the enforcers would evaluate differently is refused', () => {
  test.each<[string, string, (t: Loose) => Rule]>([
    ['char', 'code', (t) => eq(t.code, 'a')],
    ['numeric', 'price', (t) => eq(t.price, '1')],
    ['real', 'ratio', (t) => eq(t.ratio, 1)],
    ['double precision', 'exact', (t) => eq(t.exact, 1)],
    ['bigint as bigint', 'big', (t) => eq(t.big, 1 as never)],
    ['the order of an enum', 'mood', (t) => lt(t.mood, 'good')],
    ['a value that is not a label of an enum', 'mood', (t) => inList(t.mood, ['good', 'Bad'])],
    ['a claim about an enum', 'mood', (t) => eq(t.mood, claims.sub as never)],
    ['a join of enums', 'mood', (t) => exists(() => moody, { mood: t.mood } as never)],
    ['an owner that is an enum', 'mood', (t) => owner(t.mood)],
    ['jsonb', 'data', (t) => eq(t.data, 'a')],
    ['array', 'words', (t) => eq(t.words, 'a')],
    ['date as text', 'day', (t) => eq(t.day, '2026-01-01')],
    ['timestamp as text', 'spelt', (t) => eq(t.spelt, '2026-01-01')],
    ['server-only', 'locked_by', (t) => eq(t.lockedBy, 'me')],
    ['order outside of collation C', 'title', (t) => lt(t.title, 'a')],
    ['order of uuids', 'created_by', (t) => gt(t.createdBy, claims.sub)],
    ['no uuid', 'created_by', (t) => eq(t.createdBy, 'me')],
    ['a fraction', 'size', (t) => eq(t.size, 1.5)],
    ['beyond 2^53', 'size', (t) => eq(t.size, 2 ** 53)],
    ['NaN', 'size', (t) => eq(t.size, Number.NaN)],
    ['text with NUL', 'title', (t) => eq(t.title, 'a\0')],
    ['a lone surrogate', 'title', (t) => inList(t.title, ['\ud800'])],
    ['no moment', 'deleted_at', (t) => lt(t.deletedAt, new Date(Number.NaN))],
    ['undefined', 'title', (t) => eq(t.title, undefined as never)],
    ['no list', 'title', (t) => inList(t.title, undefined as never)],
    [
      'a list where one value is wanted',
      'created_by',
      (t) => eq(t.createdBy, claims.orgs as never),
    ],
    [
      'one value where a list is wanted',
      'created_by',
      (t) => inList(t.createdBy, claims.sub as never),
    ],
    ['a claim of another type', 'title', (t) => eq(t.title, claims.level as never)],
    ['an owner that is a number', 'size', (t) => owner(t.size)],
    ['a join of two types', 'size', (t) => exists(() => other, { id: t.size })],
    ['a join by no column', 'other_id', (t) => exists(() => other, { nr: t.otherId } as never)],
  ])('%s', (_, column, rule) => {
    const problem = reading(rule);
    expect(problem.code).toBe('access/not-portable');
    expect(problem.message).toContain(`things.${column}`);
    expect(problem.message).toMatch(/^(?:eq|lt|gt|inList|owner|exists)\(\) on/);
    expect(problem.fix).toBeTruthy();
  });

  test.each<[string, (t: Loose) => Rule]>([
    ['lt', (t) => lt(t.title, 'm')],
    ['isNull', (t) => isNull(t.words)],
    ['can', (t) => can(() => other, { id: t.size }, 'read')],
  ])('and %s() is named', (operation, rule) => {
    expect(reading(rule).message).toMatch(new RegExp(`^${operation}\\(\\) on things`));
  });
});

describe('a rule that would not do what it says is refused', () => {
  test.each<[string, string, (t: Loose) => AccessInput]>([
    ['and() of nothing', 'access/empty', () => ({ read: and(...([] as unknown as [Rule])) })],
    ['or() of nothing', 'access/empty', () => ({ insert: or(...([] as unknown as [Rule])) })],
    [
      'and() of nothing in an exists',
      'access/empty',
      (t) => ({
        read: not(
          exists(
            () => other,
            { id: t.otherId },
            () => and(...([] as unknown as [Rule])),
          ),
        ),
      }),
    ],
    [
      'an update of what cannot be read',
      'access/blind-write',
      () => ({ read: role('a'), update: role('b') }),
    ],
    [
      'an update to what cannot be read',
      'access/blind-write',
      (t) => ({
        read: owner(t.createdBy),
        update: { from: owner(t.createdBy), to: authenticated },
      }),
    ],
    [
      'a delete of what cannot be read',
      'access/blind-write',
      (t) => ({ read: owner(t.createdBy), delete: anyone }),
    ],
    ['a write without read', 'access/blind-write', () => ({ delete: anyone })],
    [
      'not() that is unknown for NULL',
      'access/blind-write',
      (t) => ({ read: not(eq(t.title, 'a')), delete: or(not(eq(t.title, 'a')), isNull(t.title)) }),
    ],
    [
      'a soft delete that nobody can read',
      'access/impossible-soft-delete',
      (t) => ({ read: notDeleted(t), update: notDeleted(t) }),
    ],
    [
      'a claim of another definition',
      'access/undeclared-claim',
      (t) => ({
        read: eq(t.createdBy, defineAccess({ claims: { foreign: 'uuid' } }).claims.foreign),
      }),
    ],
  ])('%s', (_, code, write) => {
    const problem = refused(write);
    expect(problem.code).toBe(code);
    expect(problem.object).toBe('public.things');
    expect(problem.fix).toBeTruthy();
  });

  test('a sound rule is accepted', () => {
    const table = make(((t: Loose) => ({
      read: or(notDeleted(t), role('admin')),
      update: role('admin'),
      delete: and(owner(t.createdBy), notDeleted(t)),
    })) as never);
    expect(() => getTableConfig(table)).not.toThrow();
  });
});

describe('among the tables of a schema', () => {
  test.each(['visible', 'can'])('a circle through %s', (how) => {
    const a: Loose = pgTable('a', { id: id(), bId: uuid('b_id') }, (t) => [
      ...access(t, {
        read:
          how === 'can'
            ? can(() => b, { id: t.bId }, 'read')
            : exists(
                () => b,
                { id: t.bId },
                () => anyone,
                { rows: 'visible' },
              ),
      }),
    ]).enableRLS();
    const b: Loose = pgTable('b', { id: id(), aId: uuid('a_id') }, (t) => [
      ...access(t, {
        read: exists(
          () => a as typeof other,
          { id: t.aId },
          () => anyone,
          { rows: 'visible' },
        ),
      }),
    ]).enableRLS();
    const problem = problemOf(() => readAccess({ a, b }));
    expect(problem.code).toBe('access/cycle');
    expect(problem.message).toContain('a -> b -> a');
    expect(problem).toMatchObject({ object: 'public.a', context: ['b read'] });
    expect(problem.fix).toContain('raw');
  });

  test('a table whose rule refers to itself', () => {
    const a: Loose = pgTable('a', { id: id(), up: uuid('up') }, (t) => [
      ...access(t, {
        read: exists(
          () => a as typeof other,
          { id: t.up },
          () => anyone,
          { rows: 'visible' },
        ),
      }),
    ]).enableRLS();
    expect(problemOf(() => readAccess({ a })).code).toBe('access/cycle');
  });

  test('two definitions', () => {
    const second = defineAccess();
    const a = pgTable('a', { id: id() }, (t) => [...access(t, { read: anyone })]).enableRLS();
    const b = pgTable('b', { id: id() }, (t) => [
      ...second.access(t, { read: anyone }),
    ]).enableRLS();
    expect(problemOf(() => readAccess({ a, b }))).toMatchObject({
      code: 'access/declared-twice',
      object: 'public.a',
      context: ['b'],
    });
  });
});
