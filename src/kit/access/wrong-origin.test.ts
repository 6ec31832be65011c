import { getTableConfig, uuid } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { readAccess } from '../../read/drizzle/read-access.ts';
import {
  and,
  anyone,
  can,
  defineAccess,
  eq,
  exists,
  gt,
  id,
  inList,
  isNull,
  not,
  notDeleted,
  or,
  owner,
  pgTable,
  role,
  type AccessInput,
  type ClaimInput,
} from '../index.ts';
import {
  access,
  claims,
  other,
  gone,
  make,
  refused,
  problemOf,
  type Loose,
} from './refusals.fixture.ts';

describe('a column or claim of another origin is refused', () => {
  const elsewhere = defineAccess({ claims: { orgs: { type: 'uuid[]', at: ['app', 'orgs'] } } });
  test.each<[string, string, (t: Loose) => AccessInput]>([
    ['isNull of a server-only column', 'not-portable', (t) => ({ read: isNull(t.lockedBy) })],
    [
      'isNull of json (null in json is NULL to Zero alone)',
      'not-portable',
      (t) => ({ read: isNull(t.data) }),
    ],
    ['isNull of an array', 'not-portable', (t) => ({ read: isNull(t.words) })],
    [
      'a timestamp without time zone (depends on the TimeZone of the session)',
      'not-portable',
      (t) => ({ read: gt(t.local, new Date(0)) }),
    ],
    ["another table's column", 'wrong-table', () => ({ read: owner(other.createdBy) })],
    [
      "another table's column under or and not",
      'wrong-table',
      (t) => ({ read: or(owner(t.createdBy), not(eq(other.kind, 'a'))) }),
    ],
    ["another table's list", 'wrong-table', () => ({ read: inList(other.createdBy, claims.orgs) })],
    [
      "another table's column asked for NULL",
      'wrong-table',
      () => ({ insert: isNull(other.kind) }),
    ],
    [
      "another table's soft delete",
      'wrong-table',
      () => ({ read: anyone, update: { from: anyone, to: notDeleted(gone) } }),
    ],
    [
      "the outer row's column in an exists",
      'wrong-table',
      (t) => ({
        read: exists(
          () => other,
          { id: t.otherId },
          () => owner(t.createdBy),
        ),
      }),
    ],
    [
      "the outer row's column in an exists in an exists",
      'wrong-table',
      (t) => ({
        read: exists(
          () => other,
          { id: t.otherId },
          (o) =>
            exists(
              () => gone,
              { id: o.id },
              () => owner(o.createdBy),
            ),
        ),
      }),
    ],
    [
      "another table's column to join by",
      'wrong-table',
      () => ({ read: exists(() => other, { id: other.createdBy }) }),
    ],
    [
      "another table's column to join a can by",
      'wrong-table',
      () => ({ read: can(() => other, { id: other.createdBy }, 'read') }),
    ],
    [
      'columns of two tables to join by',
      'wrong-table',
      (t) => ({ read: exists(() => other, { id: t.otherId, createdBy: other.createdBy }) }),
    ],
    [
      "another table's column as immutable",
      'wrong-table',
      () => ({ read: anyone, update: anyone, immutable: [other.kind] }),
    ],
    ['an exists without a join', 'no-join', () => ({ read: exists(() => other, {}) })],
    ['a can without a join', 'no-join', () => ({ read: can(() => other, {}, 'read') })],
    [
      'a join by undefined',
      'no-join',
      () => ({ read: exists(() => other, { id: undefined } as never) }),
    ],
    [
      'a claim of one name, declared elsewhere at another place',
      'undeclared-claim',
      (t) => ({ read: inList(t.createdBy, elsewhere.claims.orgs) }),
    ],
    [
      'such a claim in an exists',
      'undeclared-claim',
      (t) => ({
        read: exists(
          () => other,
          { id: t.otherId },
          (o) => not(inList(o.createdBy, elsewhere.claims.orgs)),
        ),
      }),
    ],
    ['a role without a name', 'empty', () => ({ read: role('') })],
    ['a role that is undefined', 'empty', () => ({ read: role(undefined as never) })],
    ['an and() of undefined', 'empty', () => ({ read: and(anyone, undefined as never) })],
    ['a not() of undefined', 'empty', () => ({ read: not(undefined as never) })],
    [
      'an exists whose rule is undefined',
      'empty',
      (t) => ({
        read: exists(
          () => other,
          { id: t.otherId },
          () => undefined as never,
        ),
      }),
    ],
  ])('%s', (_, code, write) => {
    const problem = refused(write);
    expect(problem.code).toBe(`access/${code}`);
    expect(problem.fix).toBeTruthy();
  });

  test.each(['code', 'price', 'ratio', 'exact', 'big', 'mood', 'day', 'spelt', 'local'])(
    'isNull is allowed for %s',
    (column) => {
      expect(() =>
        getTableConfig(make(((t: Loose) => ({ read: isNull(t[column]) })) as never)),
      ).not.toThrow();
    },
  );

  test('a rule may test both tables, each in its place', () => {
    const table = make(((t: Loose) => ({
      read: and(
        owner(t.createdBy),
        exists(
          () => other,
          { id: t.otherId },
          (o) =>
            and(
              inList(o.createdBy, claims.orgs),
              exists(
                () => gone,
                { id: o.id },
                (g) => notDeleted(g),
              ),
            ),
        ),
      ),
    })) as never);
    expect(() => getTableConfig(table)).not.toThrow();
  });

  test('a rule stays plain data', () => {
    expect(Reflect.ownKeys({ ...isNull(other.kind) })).toEqual(['op', 'column']);
    expect(isNull(other.kind)).toStrictEqual({ op: 'null', column: 'kind' });
  });

  test('a rule over a subject that the claim is not declared as', () => {
    const own = defineAccess({ claims: { sub: 'text' } });
    const table = pgTable('x', { id: id() }, (t) => [...own.access(t, { read: owner(t.id) })]);
    expect(problemOf(() => getTableConfig(table)).code).toBe('access/undeclared-claim');
  });

  test.each<[string, string, Record<string, ClaimInput>]>([
    ['roles that are no list', 'claim-type', { roles: 'text' }],
    ['roles that are uuids', 'claim-type', { roles: 'uuid[]' }],
    ['a subject that is a number', 'claim-type', { sub: 'integer' }],
    ['a subject that is a list', 'claim-type', { sub: { type: 'uuid[]', at: ['subs'] } }],
    [
      'a path step that Postgres reads as an array index',
      'claim-path',
      { org: { type: 'text', at: ['orgs', '0'] } },
    ],
    ['a position from the end', 'claim-path', { org: { type: 'text', at: ['orgs', '-1'] } }],
    ['a name that is a position', 'claim-path', { 7: 'text' }],
    ['an empty step', 'claim-path', { org: { type: 'text', at: ['orgs', ''] } }],
    ['no step', 'claim-path', { org: { type: 'text', at: [] as never } }],
    ['a control character', 'claim-path', { org: { type: 'text', at: ['a\nb'] } }],
    [
      'a path that users can write',
      'claim-path',
      { org: { type: 'text', at: ['user_metadata', 'org'] } },
    ],
  ])('%s', (_, code, declared) => {
    const problem = problemOf(() => defineAccess({ claims: declared }));
    expect(problem.code).toBe(`access/${code}`);
    expect(problem.fix).toBeTruthy();
  });

  test('a subject may be text, and a claim may be nested', () => {
    expect(() =>
      defineAccess({ claims: { sub: 'text', org: { type: 'uuid', at: ['app_metadata', 'v2'] } } }),
    ).not.toThrow();
  });

  test.each(['visible', 'can'])('%s over a table without rules', (how) => {
    const a = pgTable('a', { id: id(), oId: uuid('o_id') }, (t) => [
      ...access(t, {
        read:
          how === 'can'
            ? can(() => other, { id: t.oId }, 'read')
            : exists(
                () => other,
                { id: t.oId },
                () => anyone,
                { rows: 'visible' },
              ),
      }),
    ]).enableRLS();
    expect(problemOf(() => readAccess({ a, other }))).toMatchObject({
      code: 'access/no-rules',
      object: 'public.a',
      context: ['other'],
    });
  });
});
