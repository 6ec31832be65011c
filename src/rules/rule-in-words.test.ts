import { describe, expect, test } from 'vitest';
import type { Comparison, Join, Literal, Rule } from '../model/rule.ts';
import { ruleInWords } from './rule-in-words.ts';

const ME = { claim: 'sub', type: 'uuid' } as const;
const compare = (column: string, op: Comparison, value: Literal | typeof ME): Rule => ({
  op: 'compare',
  column,
  with: op,
  value,
});
const text = (literal: string): Literal => ({ literal, type: 'text' });
const owner = compare('created_by', '=', ME);
const admin: Rule = { op: 'role', role: 'admin' };
const isOpen = compare('status', '=', { literal: 'open', type: 'enum' });
const not = (rule: Rule): Rule => ({ op: 'not', rule });
const and = (...rules: Rule[]): Rule => ({ op: 'and', rules });
const or = (...rules: Rule[]): Rule => ({ op: 'or', rules });
const ON: Join = [{ other: 'organisation_id', own: 'organisation_id' }];
const exists = (rule: Rule, table = 'members', rows: 'raw' | 'visible' = 'raw'): Rule => ({
  op: 'exists',
  table,
  on: ON,
  rule,
  rows,
});
const mine = exists(compare('user_id', '=', ME));
const anyone: Rule = { op: 'anyone' };
const nobody: Rule = { op: 'nobody' };

describe('conditions', () => {
  test.each<[Rule, string, string]>([
    [anyone, 'anyone', 'nobody'],
    [nobody, 'nobody', 'anyone'],
    [{ op: 'authenticated' }, 'the user is signed in', 'the user is not signed in'],
    [admin, 'the user has the role admin', 'the user does not have the role admin'],
    [
      { op: 'role', role: "o'clock \u0007" },
      `the user has the role "o'clock \\u0007"`,
      `the user does not have the role "o'clock \\u0007"`,
    ],
    [owner, "the row's created_by is the user", "the row's created_by is not the user"],
    [isOpen, `the row's status is "open"`, `the row's status is not "open"`],
    [
      { op: 'null', column: 'Sort order' },
      `the row's "Sort order" is NULL`,
      `the row's "Sort order" is not NULL`,
    ],
    [
      { op: 'compare', column: 'tenant', with: '=', value: { claim: 'tenant', type: 'uuid' } },
      "the row's tenant is the user's claim tenant",
      "the row's tenant is not the user's claim tenant",
    ],
    [
      { op: 'in', column: 'org', values: { claim: 'orgs', type: 'uuid' } },
      "the row's org is in the user's claim orgs",
      "the row's org is not in the user's claim orgs",
    ],
    [
      { op: 'in', column: 'stage', values: { literals: ['open', 'done'], type: 'text' } },
      `the row's stage is one of "open", "done"`,
      `the row's stage is not one of "open", "done"`,
    ],
    [
      { op: 'in', column: 'stage', values: { literals: ['open'], type: 'text' } },
      `the row's stage is "open"`,
      `the row's stage is not "open"`,
    ],
    [
      { op: 'in', column: 'stage', values: { literals: [], type: 'text' } },
      "the row's stage is in an empty list",
      "the row's stage is not in an empty list",
    ],
  ])('%j', (rule, words, negated) => {
    expect(ruleInWords(rule, 'issues')).toBe(words);
    expect(ruleInWords(not(rule), 'issues')).toBe(negated);
    expect(ruleInWords(not(not(rule)), 'issues')).toBe(words);
  });

  test.each<[Comparison, string, string, string]>([
    ['<', 'is less than 3', 'is before 1970-01-01T00:00:00.003Z', 'sorts before "c"'],
    ['<=', 'is at most 3', 'is at or before 1970-01-01T00:00:00.003Z', 'sorts before or is "c"'],
    ['>', 'is more than 3', 'is after 1970-01-01T00:00:00.003Z', 'sorts after "c"'],
    ['>=', 'is at least 3', 'is at or after 1970-01-01T00:00:00.003Z', 'sorts after or is "c"'],
    ['=', 'is 3', 'is 1970-01-01T00:00:00.003Z', 'is "c"'],
    ['!=', 'is not 3', 'is not 1970-01-01T00:00:00.003Z', 'is not "c"'],
  ])('%s', (op, number, moment, word) => {
    const words = (value: Literal): string => ruleInWords(compare('x', op, value), 'issues');
    expect(words({ literal: 3, type: 'integer' })).toBe(`the row's x ${number}`);
    expect(words({ literal: 3, type: 'moment' })).toBe(`the row's x ${moment}`);
    expect(words(text('c'))).toBe(`the row's x ${word}`);
  });
});

test.each<[Rule, string]>([
  [or(admin, owner), "the user has the role admin or the row's created_by is the user"],
  [
    and(owner, or(admin, isOpen)),
    `the row's created_by is the user and (the user has the role admin or the row's status is "open")`,
  ],
  [
    not(and(owner, admin)),
    "the row's created_by is not the user or the user does not have the role admin",
  ],
  [and(), 'anyone'],
  [or(), 'nobody'],
  [and(anyone, admin, admin), 'the user has the role admin'],
  [or(admin, and(admin, owner)), 'the user has the role admin'],
])('and, or, not: %j', (rule, words) => {
  expect(ruleInWords(rule, 'issues')).toBe(words);
});

const JOINED = 'a row of members exists with organisation_id = issues.organisation_id';

test.each<[Rule, string]>([
  [exists(anyone), JOINED],
  [mine, `${JOINED}, whose user_id is the user`],
  [not(mine), `no${JOINED.slice(1)}, whose user_id is the user`],
  [
    exists(and(compare('user_id', '=', ME), compare('role', '=', text('owner')))),
    `${JOINED}, whose user_id is the user and whose role is "owner"`,
  ],
  [exists(admin), `${JOINED}, for which the user has the role admin`],
  [exists(nobody), `${JOINED}, for which no condition can hold`],
  [or(admin, mine), `the user has the role admin or (${JOINED}, whose user_id is the user)`],
  [
    exists(anyone, 'projects', 'visible'),
    'a row of projects that the user may read exists with organisation_id = issues.organisation_id',
  ],
  [
    { op: 'can', table: 'projects', on: [{ other: 'id', own: 'project_id' }], operation: 'update' },
    'a row of projects that the user may update exists with id = issues.project_id',
  ],
  [
    exists(exists(compare('user_id', '=', ME)), 'projects'),
    'a row of projects exists with organisation_id = issues.organisation_id, for which a row of members exists with organisation_id = projects.organisation_id, whose user_id is the user',
  ],
  [
    exists(exists(anyone, 'issues'), 'issues'),
    "a row of issues exists with organisation_id = the row's organisation_id, for which a row of issues exists with organisation_id = the outer row's organisation_id",
  ],
  [
    {
      op: 'exists',
      table: 'members',
      on: [...ON, { other: 'person', own: 'Owner name' }],
      rule: anyone,
      rows: 'raw',
    },
    `${JOINED} and person = issues."Owner name"`,
  ],
])('rows of other tables: %j', (rule, words) => {
  expect(ruleInWords(rule, 'issues')).toBe(words);
});
