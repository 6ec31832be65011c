import { expect, test } from 'vitest';
import type { AccessRules, Rule } from '../../model/rule.ts';
import { claimToken, mayReadToken, ROLES_TOKEN } from '../../model/rule-tokens.ts';
import { fillRules } from './fill-rules.ts';

const nobody: Rule = { op: 'nobody' };
const rules: AccessRules = {
  claims: { sub: { type: 'uuid', path: ['sub'] }, nick: { type: 'text', path: ['nick'] } },
  tables: {
    notes: {
      table: 'notes',
      key: ['id'],
      columns: { id: 'uuid', owner: 'uuid' },
      read: {
        op: 'compare',
        column: 'owner',
        with: '=',
        value: { claim: 'sub', type: 'uuid' },
      },
      insert: nobody,
      update: { from: nobody, to: nobody },
      delete: nobody,
      immutable: ['id'],
    },
  },
};
const access = { rules, preset: 'postgres', roles: ['app_user', 'worker'] } as const;

test('a function gets the rule for read, a claim and the roles', () => {
  const sub = `(select "access"."claim_uuid"('{"sub"}'))`;
  expect(fillRules(`select ${mayReadToken('notes', 'n')}`, access)).toBe(
    `select "n"."owner" = ${sub}`,
  );
  expect(fillRules(`select ${claimToken('nick')}`, access)).toBe(
    `select (select "access"."claim_text"('{"nick"}'))`,
  );
  expect(fillRules(`grant execute to ${ROLES_TOKEN}`, access)).toBe(
    'grant execute to "app_user", "worker"',
  );
  expect(fillRules('select 1', undefined)).toBe('select 1');
});

test.each([
  ['a table without rules', mayReadToken('drafts', 'd'), access, 'access/no-rules'],
  ['a table of a schema without rules', mayReadToken('notes', 'n'), undefined, 'access/no-rules'],
  ['an undeclared claim', claimToken('team'), access, 'access/undeclared-claim'],
  ['a claim of a schema without rules', claimToken('sub'), undefined, 'access/undeclared-claim'],
  ['the roles of a schema without rules', ROLES_TOKEN, undefined, 'access/no-rules'],
])('%s is refused', (_, token, source, code) => {
  expect(() => fillRules(`select ${token}`, source)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code }) }),
  );
});
