import { expect, test } from 'vitest';
import type { AccessRules, Rule, TableRules } from '../../model/rule.ts';
import { emitPolicies } from './emit-policies.ts';

const anyone: Rule = { op: 'anyone' };
const nobody: Rule = { op: 'nobody' };
const closed: TableRules = {
  table: 'notes',
  key: ['id'],
  columns: { kind: 'text' },
  read: nobody,
  insert: nobody,
  update: { from: nobody, to: nobody },
  delete: nobody,
  immutable: ['id'],
};

const emit = (table: Partial<TableRules>, role = 'app_user') => {
  const one = { ...closed, ...table };
  const rules: AccessRules = {
    claims: { sub: { type: 'uuid', path: ['sub'] }, roles: { type: 'text[]', path: ['roles'] } },
    tables: { [one.table]: one },
  };
  return emitPolicies([], { rules, preset: 'postgres', roles: [role] }).map(({ create }) => create);
};

test('a command that is always denied has no policy', () => {
  expect(emit({})).toEqual([]);
  expect(emit({ update: { from: anyone, to: nobody } })).toEqual([]);
});

test('each command has one policy; an update has both clauses', () => {
  const all = {
    read: anyone,
    insert: anyone,
    update: { from: anyone, to: anyone },
    delete: anyone,
  };
  expect(emit(all).map((sql) => sql.slice(sql.indexOf('create')))).toEqual([
    'create policy "access_read" on "public"."notes" as permissive for select to "app_user"\nusing (true);',
    'create policy "access_insert" on "public"."notes" as permissive for insert to "app_user"\nwith check (true);',
    'create policy "access_update" on "public"."notes" as permissive for update to "app_user"\nusing (true)\nwith check (true);',
    'create policy "access_delete" on "public"."notes" as permissive for delete to "app_user"\nusing (true);',
  ]);
});

test('all names and texts are quoted', () => {
  const [sql] = emit(
    {
      table: '"odd.na""me"',
      read: {
        op: 'compare',
        column: 'kind',
        with: '!=',
        value: { literal: "internal--it's; --> statement-breakpoint\\", type: 'text' },
      },
    },
    'App_User',
  );
  expect(sql).toContain('on "public"."odd.na""me" as permissive for select to "App_User"');
  expect(sql).toContain(
    String.raw`"odd.na""me"."kind" <> E'internal--it''s; -\x2d> statement-breakpoint\\'::text`,
  );
});

test('each policy has a key of its own, by which later migrations find it', () => {
  const rules: AccessRules = {
    claims: {},
    tables: {
      notes: { ...closed, read: anyone, delete: anyone },
      'side.notes': { ...closed, table: 'side.notes', read: anyone },
    },
  };
  const made = emitPolicies([], { rules, preset: 'postgres', roles: ['app_user'] });
  expect(made.map(({ key, drop }) => [key, drop])).toEqual(
    [
      '"access_read" on "public"."notes"',
      '"access_delete" on "public"."notes"',
      '"access_read" on "side"."notes"',
    ].map((policy) => [`policy ${policy}`, `drop policy if exists ${policy};`]),
  );
});
