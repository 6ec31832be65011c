import { expect, test } from 'vitest';
import type { AccessRules, Rule, TableRules } from '../model/rule.ts';
import { sameBehindPolicies } from './same-behind-policies.ts';

const anyone: Rule = { op: 'anyone' };
const nobody: Rule = { op: 'nobody' };
const tableOf = (table: string, read: Rule, insert: Rule = anyone): TableRules => ({
  table,
  key: ['id'],
  columns: { id: 'uuid' },
  read,
  insert,
  update: { from: anyone, to: anyone },
  delete: anyone,
  immutable: ['id'],
});
const on = [{ own: 'id', other: 'id' }];
const raw = (table: string): Rule => ({ op: 'exists', table, on, rule: anyone, rows: 'raw' });
const visible = (table: string, rule: Rule = anyone): Rule => ({
  op: 'exists',
  table,
  on,
  rule,
  rows: 'visible',
});
const can = (table: string, operation: 'read' | 'insert' | 'update' | 'delete'): Rule => ({
  op: 'can',
  table,
  on,
  operation,
});

const access: AccessRules = {
  claims: {},
  tables: {
    notes: tableOf('notes', anyone),
    open: tableOf('open', anyone),
    hidden: tableOf('hidden', nobody),
    derived: tableOf('derived', raw('open')),
  },
};
const same = (rule: Rule, state: 'now' | 'unwritten' = 'now', own = access.tables['notes']) =>
  sameBehindPolicies({
    access,
    table: own as TableRules,
    key: ['id'],
    rules: { rule },
    contents: [],
    wholeRow: false,
    lock: false,
    state,
  });

test.each<[string, Rule, boolean]>([
  ['a condition on the row', { op: 'null', column: 'id' }, true],
  ['visible rows', visible('open'), true],
  ['raw rows', raw('open'), false],
  ['raw rows in an and', { op: 'and', rules: [anyone, raw('open')] }, false],
  ['raw rows in a not', { op: 'not', rule: raw('open') }, false],
  ['raw rows inside of visible rows', visible('open', raw('open')), false],
  ['visible rows whose own rule reads raw rows', visible('derived'), false],
  ['rows of a table that nobody reads', visible('hidden'), false],
  ['rows of a table without rules', visible('unknown'), false],
  ['can read', can('open', 'read'), true],
  ['can update', can('open', 'update'), true],
  ['can insert, which needs no read', can('open', 'insert'), false],
  ['can read rows by raw rows', can('derived', 'read'), false],
])('%s', (_, rule, expected) => {
  expect(same(rule)).toBe(expected);
});

test('a new row is not checked with the rows after the write', () => {
  expect(same(visible('notes'))).toBe(true);
  expect(same(visible('notes'), 'unwritten')).toBe(false);
  expect(same(visible('open'), 'unwritten')).toBe(true);
});

test('a role that may not read the table cannot name its columns', () => {
  expect(same(anyone, 'now', access.tables['hidden'])).toBe(false);
});
