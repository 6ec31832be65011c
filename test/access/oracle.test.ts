import { describe, expect, test } from 'vitest';
import type { AccessRules, Claims, Rule, TableRules } from '../../src/model/rule.ts';
import {
  allowsAttempt,
  evaluate,
  visibleRows,
  type Truth,
} from '../../src/testing/access/oracle.ts';
import type { Database, Row } from '../../src/testing/access/world.ts';

const ID = 'abcdef00-0000-4000-8000-00000000000a';
const OTHER = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

const anyone: Rule = { op: 'anyone' };
const nobody: Rule = { op: 'nobody' };
const not = (rule: Rule): Rule => ({ op: 'not', rule });
const and = (...rules: Rule[]): Rule => ({ op: 'and', rules });
const or = (...rules: Rule[]): Rule => ({ op: 'or', rules });
const role = (name: string): Rule => ({ op: 'role', role: name });
const owner: Rule = {
  op: 'compare',
  column: 'owner',
  with: '=',
  value: { claim: 'sub', type: 'uuid' },
};
/** Unknown for a principal without the claim `level`. */
const unknown: Rule = {
  op: 'compare',
  column: 'rank',
  with: '=',
  value: { claim: 'level', type: 'integer' },
};
const exists = (rule: Rule, rows: 'raw' | 'visible' = 'raw'): Rule => ({
  op: 'exists',
  table: 'parents',
  on: [{ other: 'id', own: 'parent' }],
  rule,
  rows,
});

function table(name: string, part: Partial<TableRules> = {}): TableRules {
  return {
    table: name,
    key: ['id'],
    columns: {},
    read: anyone,
    insert: nobody,
    update: { from: nobody, to: nobody },
    delete: nobody,
    immutable: [],
    ...part,
  };
}

function rulesOf(...tables: readonly TableRules[]): AccessRules {
  return {
    claims: {
      sub: { type: 'uuid', path: ['sub'] },
      roles: { type: 'text[]', path: ['roles'] },
      level: { type: 'integer', path: ['level'] },
      orgs: { type: 'uuid[]', path: ['app', 'orgs'] },
    },
    tables: Object.fromEntries(tables.map((one) => [one.table, one])),
  };
}

const row: Row = { id: ID, parent: ID, owner: ID, rank: 1, word: 'b', gone: null };
const none: Row = { id: ID, parent: null, owner: null, rank: null, word: null, gone: null };

function truth(rule: Rule, claims: Claims, about: Row = row, db: Database = {}): Truth {
  const rules = rulesOf(table('rows'), table('parents', { read: role('admin') }));
  return evaluate(rule, about, { rules, claims, db });
}

describe('three values', () => {
  const values: readonly (readonly [Rule, Truth])[] = [
    [anyone, true],
    [nobody, false],
    [unknown, 'unknown'],
  ];
  const smaller = (a: Truth, b: Truth): Truth =>
    a === false || b === false ? false : a === true && b === true ? true : 'unknown';
  const larger = (a: Truth, b: Truth): Truth =>
    a === true || b === true ? true : a === false && b === false ? false : 'unknown';

  for (const [left, a] of values) {
    test(`not ${a}`, () => {
      expect(truth(not(left), {})).toBe(a === 'unknown' ? 'unknown' : !a);
    });
    for (const [right, b] of values) {
      test(`${a} and, or ${b}`, () => {
        expect(truth(and(left, right), {})).toBe(smaller(a, b));
        expect(truth(or(left, right), {})).toBe(larger(a, b));
      });
    }
  }

  test('an empty and() or or()', () => {
    expect(truth(and(), {})).toBe(true);
    expect(truth(or(), {})).toBe(false);
  });
});

describe('claims', () => {
  test.each<[string, unknown, Truth]>([
    ['the row’s', ID, true],
    ['the row’s in upper case', ID.toUpperCase(), true],
    ['another', OTHER, false],
    ['absent', undefined, 'unknown'],
    ['null', null, 'unknown'],
    ['in braces', `{${ID}}`, 'unknown'],
    ['without hyphens', ID.replaceAll('-', ''), 'unknown'],
    ['with a line end', `${ID}\n`, 'unknown'],
    ['in a list', [ID], 'unknown'],
  ])('a uuid that is %s', (_, sub, expected) => {
    expect(truth(owner, { sub })).toBe(expected);
    expect(truth(not(owner), { sub })).toBe(expected === 'unknown' ? 'unknown' : !expected);
    expect(truth({ op: 'authenticated' }, { sub })).toBe(expected !== 'unknown');
  });

  test.each<[string, unknown, Truth]>([
    ['with the word', ['x', 'admin'], true],
    ['without it', ['x'], false],
    ['in another case', ['Admin'], false],
    ['empty', [], false],
    ['absent', undefined, 'unknown'],
    ['with an element of another form', ['admin', 1], 'unknown'],
    ['a string', 'admin', 'unknown'],
    ['an object', { admin: true }, 'unknown'],
  ])('roles that are %s', (_, roles, expected) => {
    expect(truth(role('admin'), { roles })).toBe(expected);
    expect(truth(not(role('admin')), { roles })).toBe(
      expected === 'unknown' ? 'unknown' : !expected,
    );
  });

  test.each<[unknown, Truth]>([
    [1, true],
    [1.0, true],
    [2, false],
    ['1', 'unknown'],
    [1.5, 'unknown'],
    [2 ** 53, 'unknown'],
    [true, 'unknown'],
  ])('an integer %j', (level, expected) => {
    expect(truth(unknown, { level })).toBe(expected);
  });

  test('a path only enters objects', () => {
    const inOrgs: Rule = { op: 'in', column: 'owner', values: { claim: 'orgs', type: 'uuid' } };
    expect(truth(inOrgs, { app: { orgs: [ID] } })).toBe(true);
    expect(truth(inOrgs, { app: { orgs: [] } })).toBe(false);
    expect(truth(not(inOrgs), { app: { orgs: [] } })).toBe(true);
    for (const app of [undefined, null, 'x', [], [{ orgs: [ID] }]]) {
      expect(truth(inOrgs, { app })).toBe('unknown');
    }
  });
});

describe('NULL', () => {
  const member = (literals: string[]): Rule => ({
    op: 'in',
    column: 'word',
    values: { literals, type: 'text' },
  });

  test('in a comparison is unknown, also in an empty list', () => {
    for (const literals of [[], ['b']]) {
      expect(truth(member(literals), {}, none)).toBe('unknown');
      expect(truth(not(member(literals)), {}, none)).toBe('unknown');
    }
    expect(truth(owner, { sub: ID }, none)).toBe('unknown');
  });

  test('a value that is not NULL is not in an empty list', () => {
    expect(truth(member([]), {})).toBe(false);
    expect(truth(not(member([])), {})).toBe(true);
  });

  test('isNull() is never unknown', () => {
    expect(truth({ op: 'null', column: 'word' }, {}, none)).toBe(true);
    expect(truth({ op: 'null', column: 'word' }, {})).toBe(false);
  });
});

test('text is ordered by its bytes', () => {
  const before = (literal: string): Rule => ({
    op: 'compare',
    column: 'word',
    with: '<',
    value: { literal, type: 'text' },
  });
  // In UTF-16 order, the first would follow the second.
  expect(truth(before('\u{1f600}'), {}, { ...row, word: '\uff5e' })).toBe(true);
  expect(truth(before('a'), {}, { ...row, word: 'B' })).toBe(true);
  expect(truth(before('b'), {}, { ...row, word: 'b' })).toBe(false);
});

describe('exists', () => {
  const db: Database = { parents: [{ id: ID, owner: ID, rank: 1, parent: null }] };

  test('is false without a row, and its negation true', () => {
    expect(truth(exists(anyone), {}, row, {})).toBe(false);
    expect(truth(not(exists(anyone)), {}, row, {})).toBe(true);
  });

  test('joins nothing to NULL', () => {
    expect(truth(exists(anyone), {}, none, { parents: [{ ...none, id: null }] })).toBe(false);
  });

  test('is unknown if a claim is missing and no row satisfies the rule', () => {
    for (const rows of [{}, db]) {
      expect(truth(exists(owner), {}, row, rows)).toBe('unknown');
      expect(truth(not(exists(owner)), {}, row, rows)).toBe('unknown');
      expect(truth(not(exists(not(owner))), {}, row, rows)).toBe('unknown');
    }
    expect(truth(exists(or(anyone, owner)), {}, row, db)).toBe(true);
    expect(truth(exists(or(anyone, owner)), {}, row, {})).toBe('unknown');
  });

  test('is false if its rule is unknown because of a NULL', () => {
    const rows = { parents: [{ ...none, id: ID }] };
    expect(truth(exists(owner), { sub: ID }, row, rows)).toBe(false);
    expect(truth(not(exists(owner)), { sub: ID }, row, rows)).toBe(true);
  });

  test('does not treat an anonymous principal as a missing claim', () => {
    expect(truth(exists({ op: 'authenticated' }), {}, row, db)).toBe(false);
  });

  test("over visible rows includes the other table's rule", () => {
    expect(truth(exists(anyone, 'visible'), { roles: ['admin'] }, row, db)).toBe(true);
    expect(truth(exists(anyone, 'visible'), { roles: [] }, row, db)).toBe(false);
    expect(truth(exists(anyone, 'visible'), {}, row, db)).toBe('unknown');
    expect(truth(exists(anyone), {}, row, db)).toBe(true);
  });
});

describe('can', () => {
  const parents = table('parents', {
    read: role('reader'),
    update: { from: owner, to: nobody },
    delete: owner,
    insert: owner,
  });
  const rules = rulesOf(table('rows'), parents);
  const db: Database = { parents: [{ id: ID, owner: ID }] };

  test.each<['read' | 'insert' | 'update' | 'delete', Claims, boolean]>([
    ['read', { roles: ['reader'] }, true],
    ['read', { sub: ID, roles: [] }, false],
    ['insert', { sub: ID, roles: [] }, true],
    ['update', { sub: ID, roles: [] }, false],
    ['update', { sub: ID, roles: ['reader'] }, true],
    ['delete', { sub: ID, roles: [] }, false],
    ['delete', { sub: ID, roles: ['reader'] }, true],
  ])('%s for %j is %s', (operation, claims, expected) => {
    const on = [{ other: 'id', own: 'parent' }];
    const can: Rule = { op: 'can', table: 'parents', on, operation };
    expect(evaluate(can, row, { rules, claims, db })).toBe(expected);
  });
});

describe('operations', () => {
  const rules = rulesOf(
    table('rows', {
      read: { op: 'null', column: 'gone' },
      insert: owner,
      update: { from: owner, to: { op: 'null', column: 'word' } },
      delete: owner,
      immutable: ['owner'],
    }),
  );
  const me: Claims = { sub: ID };
  const db: Database = { rows: [row] };
  const gone = { ...row, gone: 1 };
  const after = { ...row, word: null };

  test('read', () => {
    expect(visibleRows({ rules, claims: {}, db: { rows: [row, gone] } }, 'rows')).toEqual([row]);
    expect(visibleRows({ rules, claims: me, db: { others: [row] } }, 'others')).toEqual([]);
  });

  test('an insert checks the new row, which need not be readable', () => {
    const insert = (then: Row, claims: Claims): boolean =>
      allowsAttempt({ rules, claims, db }, { operation: 'insert', table: 'rows', after: then });
    expect(insert(gone, me)).toBe(true);
    expect(insert(row, {})).toBe(false);
  });

  test('an update checks both rows, which must be readable', () => {
    const update = (before: Row, then: Row, claims = me): boolean =>
      allowsAttempt(
        { rules, claims, db: { rows: [before] } },
        { operation: 'update', table: 'rows', before, after: then },
      );
    expect(update(row, after)).toBe(true);
    expect(update(row, after, {})).toBe(false);
    expect(update(row, { ...row, rank: 2 })).toBe(false);
    expect(update(row, { ...after, gone: 1 })).toBe(false);
    expect(update(gone, after)).toBe(false);
    expect(update(row, { ...after, owner: OTHER })).toBe(false);
    expect(update(row, { ...after, id: OTHER })).toBe(false);
  });

  test('a delete checks the old row, which must be readable', () => {
    const remove = (before: Row, claims: Claims): boolean =>
      allowsAttempt({ rules, claims, db }, { operation: 'delete', table: 'rows', before });
    expect(remove(row, me)).toBe(true);
    expect(remove(row, {})).toBe(false);
    expect(remove(gone, me)).toBe(false);
  });

  test('a new row cannot authorize itself', () => {
    const self: Rule = {
      op: 'exists',
      table: 'members',
      on: [{ other: 'org', own: 'org' }],
      rule: owner,
      rows: 'raw',
    };
    const club = rulesOf(table('members', { insert: self }));
    const member = { id: ID, org: OTHER, owner: ID };
    const joins = (members: readonly Row[], after: Row): boolean =>
      allowsAttempt(
        { rules: club, claims: me, db: { members } },
        { operation: 'insert', table: 'members', after },
      );
    expect(joins([], member)).toBe(false);
    expect(joins([member], { ...member, id: OTHER })).toBe(true);
  });
});
