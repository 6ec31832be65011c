import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  hostileDatabase,
  ORDERS,
  type HostileDatabase,
  type Weakening,
} from './hostile-database.fixture.ts';

let database: HostileDatabase;
beforeAll(async () => {
  database = await hostileDatabase();
});
afterAll(() => database.close());

/** Recreates an index of the table orders under the same name. */
const recreate = (name: string, on: string, kind = 'index') =>
  `drop index "bil.ling"."${name}"; create ${kind} "${name}" on ${ORDERS} ${on}`;
const index = (name: string) => ['index', `${ORDERS}.${name}`] as const;
const policy = (name: string) => ['policy', `public.secrets.${name}`] as const;
const slug = { column: 'slug', opclass: 'text_pattern_ops', order: 'asc', nulls: 'last' };
const doc = { column: 'doc', order: 'asc', nulls: 'last' };

const weakenings: Readonly<Record<string, Weakening>> = {
  'an index is dropped': {
    sql: 'drop index "bil.ling".gin',
    object: index('gin'),
    expected: expect.objectContaining({ method: 'gin', unique: false }),
  },
  'an index has another method': {
    sql: recreate('hash', '(slug)'),
    object: index('hash'),
    expected: { method: 'hash' },
    found: { method: 'btree' },
  },
  'an index has another order': {
    sql: recreate('pattern', '(slug text_pattern_ops, "select")'),
    object: index('pattern'),
    expected: { columns: [slug, { column: 'select', order: 'desc', nulls: 'last' }] },
    found: { columns: [slug, { column: 'select', order: 'asc', nulls: 'last' }] },
  },
  'an index has the default operator class': {
    sql: recreate('gin', 'using gin (doc)'),
    object: index('gin'),
    expected: { columns: [{ ...doc, opclass: 'jsonb_path_ops' }] },
    found: { columns: [doc] },
    hidden: true,
  },
  'an expression is another': {
    sql: recreate('Expr', `(upper("ti'tle"), slug desc, "select" nulls first)`),
    object: index('Expr'),
    expected: { 'columns[0]': `lower("ti'tle")` },
    found: { 'columns[0]': `upper("ti'tle")` },
    hidden: true,
  },
  'a condition is another': {
    sql: recreate('alive', `("Ten.ant", "ti'tle") where slug is null`, 'unique index'),
    object: index('alive'),
    expected: { where: '(deleted_at IS NULL)' },
    found: { where: '(slug IS NULL)' },
    hidden: true,
  },
  'a condition is dropped': {
    sql: recreate('partial', `("ti'tle")`),
    object: index('partial'),
    expected: { where: expect.stringContaining('deleted_at') },
    found: {},
  },
  'a unique index is none': {
    sql: recreate('alive', `("Ten.ant", "ti'tle") where deleted_at is null`),
    object: index('alive'),
    expected: { unique: true },
    found: { unique: false },
  },
  'storage is another': {
    sql: 'alter index "bil.ling".filled reset (fillfactor)',
    object: index('filled'),
    expected: { with: { fillfactor: '70' } },
    found: { with: {} },
  },
  'a policy is dropped': {
    sql: 'drop policy narrow on secrets',
    object: policy('narrow'),
    expected: { command: 'all', permissive: false, roles: ['public'], using: 'true' },
  },
  'a policy is for everybody': {
    sql: 'alter policy "own rows" on secrets to public',
    object: policy('own rows'),
    expected: { roles: ['auditor', 'reader'] },
    found: { roles: ['public'] },
  },
  'a policy lets everything pass': {
    sql: 'alter policy linked on secrets using (true)',
    object: policy('linked'),
    expected: { using: 'false' },
    found: { using: 'true' },
    hidden: true,
  },
  'a policy checks nothing': {
    sql: 'alter policy "own rows" on secrets with check (true)',
    object: policy('own rows'),
    expected: { withCheck: '(owner IS NOT NULL)' },
    found: { withCheck: 'true' },
    hidden: true,
  },
  'a policy allows what it restricted': {
    sql: 'drop policy narrow on secrets; create policy narrow on secrets using (true)',
    object: policy('narrow'),
    expected: { permissive: false },
    found: { permissive: true },
  },
  'a policy is for another command': {
    sql: 'drop policy linked on secrets; create policy linked on secrets for delete using (false)',
    object: policy('linked'),
    expected: { command: 'select' },
    found: { command: 'delete' },
  },
  'a view is dropped': {
    sql: 'drop view open',
    object: ['view', 'public.open'],
    expected: expect.objectContaining({ materialized: false }),
  },
  'a view runs as its owner': {
    sql: 'alter view open reset (security_invoker)',
    object: ['view', 'public.open'],
    expected: { with: { security_invoker: 'true' } },
    found: { with: {} },
  },
  'a view shows more': {
    sql: 'create or replace view open with (security_invoker = true) as select id from types',
    object: ['view', 'public.open'],
    expected: { sql: expect.stringContaining('WHERE flag') },
    found: { sql: expect.stringMatching(/^(?!.*WHERE)/s) },
    hidden: true,
  },
  'an enum has another word': {
    sql: `alter type "bil.ling".level rename value 'high' to 'top'`,
    object: ['enum', '"bil.ling".level'],
    expected: { values: ['low', 'high'] },
    found: { values: ['low', 'top'] },
  },
  'a sequence stops at its end': {
    sql: 'alter sequence counter no cycle',
    object: ['sequence', 'public.counter'],
    expected: { cycle: true },
    found: { cycle: false },
  },
  'a sequence is dropped': {
    sql: 'drop sequence "bil.ling"."Down"',
    object: ['sequence', '"bil.ling".Down'],
    expected: expect.objectContaining({ increment: '-1', max: '-1', type: 'bigint' }),
  },
  'a role may do more': {
    sql: 'alter role auditor createrole',
    object: ['role', 'auditor'],
    expected: { createRole: false },
    found: { createRole: true },
  },
};

test.each(Object.entries(weakenings))('%s', (_, weakening) => database.weaken(weakening));

test('an index without its INCLUDE columns', () =>
  database.weaken({
    sql: 'drop index covering; create unique index covering on types (id)',
    object: ['index', 'public.types.covering'],
    expected: { included: ['small'] },
    found: { included: [] },
  }));
