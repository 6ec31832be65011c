import { describe, expect, test } from 'vitest';
import type { AccessRules, Rule, TableRules } from '../model/rule.ts';
import { guardQuery } from './guard-query.ts';
import { NEVER } from './term.ts';

const SUB = '018f2b6a-7c3d-7e4f-8a9b-0c1d2e3f4a5b';
const anyone: Rule = { op: 'anyone' };
const nobody: Rule = { op: 'nobody' };
const owner: Rule = {
  op: 'compare',
  column: 'created_by',
  with: '=',
  value: { claim: 'sub', type: 'uuid' },
};
const not = (rule: Rule): Rule => ({ op: 'not', rule });
const all = (...rules: readonly Rule[]): Rule => ({ op: 'and', rules });
const some = (...rules: readonly Rule[]): Rule => ({ op: 'or', rules });
const inNotes = (rule: Rule, rows: 'raw' | 'visible' = 'raw'): Extract<Rule, { op: 'exists' }> => ({
  op: 'exists',
  table: 'notes',
  on: [{ other: 'tag_id', own: 'id' }],
  rule,
  rows,
});

function readable(read: Record<string, Rule>): AccessRules {
  const tables = Object.entries(read).map(([name, rule]): [string, TableRules] => [
    name,
    {
      table: name,
      key: ['id'],
      columns: {},
      read: rule,
      insert: nobody,
      update: { from: nobody, to: nobody },
      delete: nobody,
      immutable: [],
    },
  ]);
  return {
    claims: {
      sub: { type: 'uuid', path: ['sub'] },
      roles: { type: 'text[]', path: ['roles'] },
      nick: { type: 'text', path: ['nick'] },
    },
    tables: Object.fromEntries(tables),
  };
}

/** The condition of a rule for a principal. */
const condition = (rule: Rule, claims: Record<string, unknown> = { sub: SUB, roles: ['admin'] }) =>
  guardQuery({ table: 'tags' }, readable({ tags: rule, notes: owner }), claims).where;

const compare = (name: string, op: string, value: unknown): unknown => ({
  type: 'simple',
  op,
  left: { type: 'column', name },
  right: { type: 'literal', value },
});
const mine = compare('created_by', '=', SUB);
const subquery = (op: 'EXISTS' | 'NOT EXISTS', where?: unknown): unknown => ({
  type: 'correlatedSubquery',
  op,
  related: {
    system: 'permissions',
    correlation: { parentField: ['id'], childField: ['tag_id'] },
    subquery: { table: 'notes', alias: 'zsubq_rule_0', ...(where ? { where } : {}) },
  },
});

describe('a rule as a condition', () => {
  const unnamed: Rule = { op: 'in', column: 'name', values: { literals: [], type: 'text' } };
  const cases: readonly [string, Rule, unknown][] = [
    ['anyone', anyone, undefined],
    ['nobody', nobody, NEVER],
    ['no rule in and', all(), undefined],
    ['no rule in or', some(), NEVER],
    ['a claim', owner, mine],
    ['its negation', not(owner), compare('created_by', '!=', SUB)],
    ['null', { op: 'null', column: 'name' }, compare('name', 'IS', null)],
    ['not null', not({ op: 'null', column: 'name' }), compare('name', 'IS NOT', null)],
    ['in nothing', unnamed, NEVER],
    ['not in nothing', not(unnamed), compare('name', 'IS NOT', null)],
    ['a role held', { op: 'role', role: 'admin' }, undefined],
    ['a role not held', { op: 'role', role: 'editor' }, NEVER],
    ['nested and', all(owner, all(owner, anyone)), { type: 'and', conditions: [mine, mine] }],
    ['or in and', all(anyone, some(owner, nobody)), mine],
    ['De Morgan', not(all(owner, nobody)), undefined],
    ['exists', inNotes(anyone), subquery('EXISTS')],
    ['exists of nothing', inNotes(nobody), NEVER],
    ['not exists', not(inNotes(owner)), subquery('NOT EXISTS', mine)],
    ['not exists of nothing', not(inNotes(nobody)), undefined],
    ['visible', inNotes(anyone, 'visible'), subquery('EXISTS', mine)],
    [
      'can',
      { op: 'can', table: 'notes', on: [{ other: 'tag_id', own: 'id' }], operation: 'read' },
      subquery('EXISTS', mine),
    ],
    ['another table without rules', { ...inNotes(anyone, 'visible'), table: 'x' }, NEVER],
  ];
  test.each(cases)('%s', (_, rule, expected) => {
    expect(condition(rule)).toEqual(expected);
  });

  test('neither a rule nor its negation allows access if a claim is missing', () => {
    for (const claims of [{}, { sub: 'no uuid' }, { sub: null }]) {
      expect(condition(owner, claims)).toEqual(NEVER);
      expect(condition(not(owner), claims)).toEqual(NEVER);
      expect(condition(not(inNotes(owner)), claims)).toEqual(NEVER);
      // The claim would not affect the result, but the rule reads it.
      expect(condition(not(inNotes(all(owner, nobody))), claims)).toEqual(NEVER);
      expect(condition(not({ op: 'role', role: 'x' }), claims)).toEqual(NEVER);
      expect(condition(some(not(owner), { op: 'null', column: 'name' }), claims)).toEqual(
        compare('name', 'IS', null),
      );
    }
    expect(condition(not({ op: 'authenticated' }), {})).toBeUndefined();
  });

  test('a uuid claim is compared in lower case', () => {
    expect(condition(owner, { sub: SUB.toUpperCase() })).toEqual(mine);
  });

  test('subqueries of one rule have distinct names', () => {
    const both = condition(all(inNotes(inNotes(owner)), inNotes(owner)));
    const aliases = JSON.stringify(both).match(/zsubq_rule_\d/g) ?? [];
    expect(aliases).toHaveLength(3);
    expect(new Set(aliases).size).toBe(3);
  });
});

describe('rules that cannot be lowered', () => {
  const taking = (claim: string): Rule => ({
    op: 'compare',
    column: 'id',
    with: '=',
    value: { claim, type: 'uuid' },
  });
  test.each([
    ['a claim that is not declared', taking('nobody'), 'access/claim-type'],
    ['a name that every object has', taking('constructor'), 'access/claim-type'],
    ['a claim of another type', taking('nick'), 'access/claim-type'],
    ['no join', { ...inNotes(anyone), on: [] }, 'access/no-join'],
  ])('%s', (_, rule, code) => {
    expect(() => condition(rule)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code }) }),
    );
  });

  test('visible rows of a rule that refers to itself', () => {
    const rules = readable({ tags: inNotes(anyone, 'visible'), notes: inNotes(anyone, 'visible') });
    expect(() => guardQuery({ table: 'tags' }, rules, {})).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'access/cycle' }) }),
    );
  });
});
