import { describe, expect, test } from 'vitest';
import type { Join, Rule } from '../model/rule.ts';
import { metByParent } from './met-by-parent.ts';

// Versions, reached from their packages.
const origin = {
  table: 'packages',
  correlation: { parentField: ['id'], childField: ['package_id'] },
} as const;
const anyone: Rule = { op: 'anyone' };
const on: Join = [{ other: 'id', own: 'package_id' }];
const visible: Rule = { op: 'exists', table: 'packages', on, rule: anyone, rows: 'visible' };
const canRead: Rule = { op: 'can', table: 'packages', on, operation: 'read' };
const staff: Rule = { op: 'role', role: 'admin' };

describe('met by the parent row', () => {
  test.each<[string, Rule, Rule]>([
    ['visible', visible, anyone],
    ['can read', canRead, anyone],
    ['among others', { op: 'and', rules: [staff, visible] }, { op: 'and', rules: [staff, anyone] }],
    [
      'in an alternative',
      { op: 'or', rules: [staff, { op: 'and', rules: [canRead] }] },
      { op: 'or', rules: [staff, { op: 'and', rules: [anyone] }] },
    ],
  ])('%s', (_, rule, met) => {
    expect(metByParent(rule, origin)).toEqual(met);
  });

  test('reached by more columns than the rule joins', () => {
    const correlation = {
      parentField: ['registry', 'id'],
      childField: ['registry', 'package_id'],
    } as const;
    expect(metByParent(visible, { ...origin, correlation })).toEqual(anyone);
  });
});

describe('not simplified', () => {
  test.each<[string, Rule]>([
    ['raw rows', { ...visible, rows: 'raw' } as Rule],
    ['more than to be there', { ...visible, rule: staff } as Rule],
    ['more than to read', { ...canRead, operation: 'update' } as Rule],
    ['another table', { ...visible, table: 'tags' } as Rule],
    ['another of its columns', { ...visible, on: [{ other: 'id', own: 'source_id' }] } as Rule],
    ['another column there', { ...visible, on: [{ other: 'owner', own: 'package_id' }] } as Rule],
    [
      'more columns than the hop joins',
      { ...visible, on: [...on, { other: 'registry', own: 'registry' }] } as Rule,
    ],
    ['a negation', { op: 'not', rule: visible }],
    ['inside of another question', { ...visible, table: 'tags', rule: visible } as Rule],
  ])('%s', (_, rule) => {
    expect(metByParent(rule, origin)).toBe(rule);
  });
});
