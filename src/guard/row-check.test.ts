import { expect, test } from 'vitest';
import type { AccessRules, Rule, TableRules } from '../model/rule.ts';
import { rowCheck } from './row-check.ts';

const nobody: Rule = { op: 'nobody' };
const notes: TableRules = {
  table: 'notes',
  key: ['id'],
  columns: { id: 'uuid', parent: 'uuid' },
  read: nobody,
  insert: nobody,
  update: { from: nobody, to: nobody },
  delete: nobody,
  immutable: ['id'],
};

function check(rule: Rule, state: 'now' | 'without the row', sub: 'uuid' | 'text' = 'uuid') {
  const access: AccessRules = {
    claims: { sub: { type: sub, path: ['sub'] }, roles: { type: 'text[]', path: ['roles'] } },
    tables: { notes },
  };
  return rowCheck({
    access,
    table: notes,
    key: ['id'],
    rules: { rule },
    contents: [],
    wholeRow: false,
    lock: false,
    state,
  });
}

test.each(['uuid', 'text'] as const)('a subject may be a claim of the type %s', (type) => {
  const { sql, parameters } = check({ op: 'authenticated' }, 'now', type);
  expect(sql).toBe(
    `select ($1::text::${type} is not null) is true as "rule", true as "found" from "public"."notes" as "r0" where ("r0"."id") = ($2::text::uuid)`,
  );
  expect(parameters).toEqual([
    { of: 'claim', claim: 'sub', list: false },
    { of: 'key', column: 'id' },
  ]);
});

test('a negated lookup in the written table needs the claims of its rule', () => {
  const lookup: Rule = {
    op: 'exists',
    table: 'notes',
    on: [{ other: 'id', own: 'parent' }],
    rule: { op: 'role', role: 'admin' },
    rows: 'raw',
  };
  const { sql, parameters } = check({ op: 'not', rule: lookup }, 'without the row');
  const at = parameters.findIndex(({ of }) => of === 'claim') + 1;
  expect(parameters[at - 1]).toEqual({ of: 'claim', claim: 'roles', list: true });
  expect(sql).toContain(`($${at}::text::text[] is not null and not exists (`);
});
