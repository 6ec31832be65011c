import { expect, test } from 'vitest';
import { text, uuid } from 'drizzle-orm/pg-core';
import {
  and,
  anyone,
  authenticated,
  defineAccess,
  id,
  inList,
  owner,
  pgTable,
  role,
} from '../../../src/kit/index.ts';
import type { RulesVersion } from '../../../src/testing/access/diff/rules-version.ts';
import { readDerived } from '../../../src/testing/schema/read-derived.ts';
import { access, compare, told, version } from './team-rules.ts';

const tags = pgTable('tags', { id: id(), createdBy: uuid('created_by').notNull() }, (t) => [
  ...access(t, { read: anyone, insert: owner(t.createdBy), delete: role('admin') }),
]).enableRLS();
const openTags = pgTable('tags', { id: id(), createdBy: uuid('created_by').notNull() });

const TAGS = [
  'delete tags role admin',
  'insert tags owner',
  'read tags anonymous',
  'read tags owner',
  'read tags role admin',
  'read tags user',
];

test('a table that is added, removed, or gets rules', () => {
  const [without, unruled, ruled] = [{}, { tags: openTags }, { tags }].map((more) =>
    version(undefined, { more }),
  ) as [RulesVersion, RulesVersion, RulesVersion];
  const gained = TAGS.map((one) => `+ ${one}`);
  expect(told(compare(without, ruled))).toEqual(gained);
  expect(told(compare(unruled, ruled))).toEqual(gained);
  expect(told(compare(ruled, without))).toEqual(TAGS.map((one) => `- ${one}`));
  expect(told(compare(without, unruled))).toEqual([]);
});

test('a column that becomes server-only is lost to everyone who could use it', () => {
  const rules = () => ({ read: anyone, insert: authenticated, update: role('admin') });
  const [open, hidden] = [version(rules), version(rules, { hides: true })];
  const lost = [
    'insert (token) role admin',
    'insert (token) user',
    'read (token) anonymous',
    'read (token) role admin',
    'read (token) user',
    'update (token) role admin',
  ];
  expect(told(compare(open, hidden))).toEqual(lost.map((one) => `- ${one}`));
  expect(told(compare(hidden, open))).toEqual(lost.map((one) => `+ ${one}`));
});

test('a claim that moves in the token', () => {
  const at = (path: readonly [string, ...string[]]): RulesVersion => {
    const own = defineAccess({ claims: { groups: { type: 'text[]', at: path } } });
    const docs = pgTable('docs', { id: id(), group: text('group').notNull() }, (t) => [
      ...own.access(t, { read: inList(t.group, own.claims.groups) }),
    ]).enableRLS();
    const { schema } = readDerived({ docs });
    return {
      tables: schema.tables,
      rules: schema.access?.rules ?? { claims: {}, tables: {} },
    };
  };
  const { changes } = compare(at(['groups']), at(['app_metadata', 'groups']));
  const claimsOf = (change: string) =>
    changes.filter((one) => one.change === change).map(({ example }) => example.claims);
  expect(claimsOf('gain')).toEqual([
    { sub: expect.any(String), app_metadata: { groups: [expect.any(String)] } },
  ]);
  expect(claimsOf('loss')).toEqual([{ sub: expect.any(String), groups: [expect.any(String)] }]);
});

test('the example has only what it needs', () => {
  const before = version(() => ({}));
  const after = version((t) => ({ read: and(owner(t.createdBy), role('editor')) }));
  const [change, ...others] = compare(before, after).changes;
  expect(others).toEqual([]);
  const user = '00000000-0000-4000-8000-000000000001';
  expect(change).toMatchObject({
    principal: { roles: ['editor'] },
    example: {
      claims: { sub: user, roles: ['editor'] },
      row: { id: '00000000-0000-4000-8000-000000000002', created_by: user },
      others: [],
    },
  });
});

test('the same seed gives the same answer, and counts the questions', () => {
  const [before, after] = [
    version((t) => ({ read: owner(t.createdBy) })),
    version((t) => ({ read: and(owner(t.createdBy), authenticated) })),
  ];
  const diff = compare(before, after);
  expect(compare(before, after)).toEqual(diff);
  expect(diff).toMatchObject({ changes: [], unchanged: 11 });
  const [asked] = diff.asked;
  expect(asked).toMatchObject({ table: 'notes', operation: 'read', conditions: 2, covered: 2 });
  const { questions = 0, allowedByBoth = 0, deniedByBoth = 0 } = asked ?? {};
  expect(Math.min(allowedByBoth, deniedByBoth)).toBeGreaterThan(20);
  expect(allowedByBoth + deniedByBoth).toBe(questions);
});
