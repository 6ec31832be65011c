import { expect, test } from 'vitest';
import type { Column } from '../../model/column.ts';
import type { Rule, TableRules } from '../../model/rule.ts';
import type { Table } from '../../model/table.ts';
import { emitGrants } from './emit-grants.ts';

const anyone: Rule = { op: 'anyone' };
const nobody: Rule = { op: 'nobody' };
const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  key: name,
  type: { kind: 'text' },
  notNull: true,
  serverOnly: false,
  touched: false,
  ...more,
});
const notes: Table = {
  id: 'notes',
  name: 'notes',
  exportName: 'notes',
  columns: [column('id'), column('title'), column('owner'), column('token', { serverOnly: true })],
  uniques: [],
  foreignKeys: [],
  indexes: [],
  checks: [],
  exclusions: [],
  rowSecurity: { enabled: true, forced: false },
};
const rules: TableRules = {
  table: 'notes',
  key: ['id'],
  columns: { id: 'text', title: 'text', owner: 'text' },
  read: anyone,
  insert: anyone,
  update: { from: anyone, to: anyone },
  delete: anyone,
  immutable: ['id', 'owner'],
};
const claims = {
  sub: { type: 'text', path: ['sub'] },
  roles: { type: 'text[]', path: ['roles'] },
} as const;

const statements = (own: Partial<TableRules>, preset: 'postgres' | 'supabase' = 'postgres') =>
  emitGrants([notes], {
    rules: { claims, tables: { notes: { ...rules, ...own } } },
    preset,
    roles: ['app_user'],
  }).flatMap(({ create }) => create.split('\n--> statement-breakpoint\n'));

test('grants leave out server-only columns, and immutable ones of an update', () => {
  expect(statements({})).toEqual([
    'revoke all on "public"."notes" from "app_user";',
    'grant select ("id", "title", "owner") on "public"."notes" to "app_user";',
    'grant insert ("id", "title", "owner") on "public"."notes" to "app_user";',
    'grant update ("title") on "public"."notes" to "app_user";',
    'grant delete on "public"."notes" to "app_user";',
    'alter table "public"."notes" enable row level security;',
    'alter table "public"."notes" force row level security;',
  ]);
});

test('an operation that is always denied is not granted', () => {
  const granted = (own: Partial<TableRules>): readonly string[] =>
    statements(own).flatMap((one) => /^grant (\w+)/.exec(one)?.[1] ?? []);
  expect(granted({ read: nobody })).toEqual(['insert', 'update', 'delete']);
  expect(granted({ insert: nobody, delete: nobody })).toEqual(['select', 'update']);
  expect(granted({ update: { from: anyone, to: nobody } })).toEqual(['select', 'insert', 'delete']);
  expect(granted({ update: { from: nobody, to: anyone } })).toEqual(['select', 'insert', 'delete']);
  expect(granted({ immutable: ['id', 'title', 'owner'] })).not.toContain('update');
});

test('a table whose rows a policy reads is granted, so that the policy can name it', () => {
  const seeing: Rule = {
    op: 'exists',
    table: 'notes',
    on: [{ own: 'title', other: 'title' }],
    rule: anyone,
    rows: 'visible',
  };
  expect(statements({ read: nobody, delete: seeing })[1]).toMatch(/^grant select/);
});

test('a table without rules is closed on Supabase, which grants every new table', () => {
  const closed = (preset: 'postgres' | 'supabase') =>
    emitGrants([notes], { rules: { claims, tables: {} }, preset, roles: ['anon', 'b"c'] });
  expect(closed('postgres')).toEqual([]);
  expect(closed('supabase').map(({ create }) => create)).toEqual([
    `revoke all on "public"."notes" from "anon", "b""c";
--> statement-breakpoint
alter table "public"."notes" enable row level security;`,
  ]);
});

test('the roles may use the schemas of the tables, and public already', () => {
  const usage = emitGrants(
    [
      { ...notes, id: 'side.notes', schema: 'side' },
      { ...notes, schema: 'public' },
    ],
    { rules: { claims, tables: {} }, preset: 'postgres', roles: ['app_user'] },
  );
  expect(usage.map(({ key, create }) => [key, create])).toEqual([
    ['usage on schema "side"', 'grant usage on schema "side" to "app_user";'],
  ]);
});
