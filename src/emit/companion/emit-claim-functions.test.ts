import { expect, test } from 'vitest';
import type { Rule } from '../../model/rule.ts';
import { claimsRead } from '../../rules/policy-sql.ts';
import { emitCompanion } from './emit-companion.ts';

const nobody: Rule = { op: 'nobody' };

/** The companion SQL of a table that is read by this rule. */
const emit = (read: Rule, preset: 'postgres' | 'supabase' = 'postgres') => {
  const notes = {
    table: 'notes',
    key: ['id'],
    columns: { owner: 'uuid' },
    read,
    insert: nobody,
    update: { from: nobody, to: nobody },
    delete: nobody,
    immutable: ['id'],
  } as const;
  const claims = {
    sub: { type: 'uuid', path: ['sub'] },
    roles: { type: 'text[]', path: ['roles'] },
    level: { type: 'integer', path: ['app_metadata', 'level'] },
  } as const;
  return emitCompanion({
    tables: [],
    extensions: [],
    access: { rules: { claims, tables: { notes } }, preset, roles: ['app_user'] },
  }).after;
};

const functions = (read: Rule, preset?: 'supabase'): readonly string[] =>
  emit(read, preset).flatMap(({ key }) => /^function "access"."(claim_\w+)"/.exec(key)?.[1] ?? []);

const owner: Rule = {
  op: 'compare',
  column: 'owner',
  with: '=',
  value: { claim: 'sub', type: 'uuid' },
};
const level: Rule = {
  op: 'compare',
  column: 'owner',
  with: '=',
  value: { claim: 'level', type: 'integer' },
};

test('a policy calls a function for its claim, once per statement', () => {
  const policy = emit(owner).find(({ key }) => key.startsWith('policy'));
  expect(policy?.create).toContain(
    `using ("notes"."owner" = (select "access"."claim_uuid"('{"sub"}')));`,
  );
});

test('only the functions that a rule needs are created', () => {
  expect(functions({ op: 'anyone' })).toEqual([]);
  expect(functions(owner)).toEqual(['claim_uuid']);
  expect(functions({ op: 'authenticated' })).toEqual(['claim_uuid']);
  expect(functions({ op: 'role', role: 'admin' })).toEqual(['claim_texts']);
  expect(functions({ op: 'or', rules: [owner, { op: 'not', rule: level }] })).toEqual([
    'claim_integer',
    'claim_uuid',
  ]);
  expect(
    functions({
      op: 'exists',
      table: 'notes',
      on: [{ own: 'id', other: 'id' }],
      rows: 'raw',
      rule: level,
    }),
  ).toEqual(['claim_integer']);
});

test('Supabase’s own function reads the subject', () => {
  expect(functions(owner, 'supabase')).toEqual([]);
  expect(functions(level, 'supabase')).toEqual(['claim_integer']);
});

test('the rules of every operation get the functions of their claims', () => {
  const table = {
    table: 'notes',
    key: ['id'],
    columns: { owner: 'uuid' },
    read: nobody,
    insert: nobody,
    update: { from: nobody, to: nobody },
    delete: nobody,
    immutable: ['id'],
  } as const;
  const claims = { level: { type: 'integer', path: ['level'] } } as const;
  for (const changed of [
    { read: level },
    { insert: level },
    { update: { from: level, to: nobody } },
    { update: { from: nobody, to: level } },
    { delete: level },
  ]) {
    const rules = { claims, tables: { notes: { ...table, ...changed } } };
    expect(claimsRead(rules, 'postgres')).toEqual([claims.level]);
  }
});
