import { isNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { anyone, can, exists, not, or, owner, role, type AccessInput } from '../index.ts';
import { other, refused, type Loose } from './refusals.fixture.ts';

// Values that TypeScript refuses, passed without type checks.
test.each<[string, string, string, (t: Loose) => unknown]>([
  ['a function', 'insert', 'a function', () => ({ read: anyone, insert: owner })],
  ['a word', 'read', '"anyone"', () => ({ read: 'anyone' })],
  ['true', 'read', 'true', () => ({ read: true })],
  ['a column', 'read', 'the column id', (t) => ({ read: t.id })],
  ["Drizzle's own condition", 'read', 'a Drizzle condition', (t) => ({ read: isNull(t.id) })],
  ['a list without its rules', 'read', '{"op":"and"}', () => ({ read: { op: 'and' } })],
  [
    'a column inside an unknown rule',
    'read',
    '{"op":"maybe","column":"the column id"}',
    (t) => ({ read: { op: 'maybe', column: t.id } }),
  ],
  ['a table', 'read', 'a PgTable', () => ({ read: other })],
  ['null', 'read', 'null', () => ({ read: null })],
  ['half an update', 'update.to', 'undefined', () => ({ read: anyone, update: { from: anyone } })],
  ['an unknown rule', 'read', '{"op":"maybe"}', () => ({ read: { op: 'maybe' } })],
  ['a word within', 'read', '"admin"', () => ({ read: not(or(anyone, 'admin' as never)) })],
  [
    'a list of roles',
    'read',
    '{"op":"role","role":["a","b"]}',
    () => ({ read: role(['a', 'b'] as never) }),
  ],
  [
    'an operation there is not',
    'read',
    '{"op":"can","table":"other"',
    (t) => ({
      read: can(() => other, { id: t.id }, 'reed' as never),
    }),
  ],
  [
    'rows there are not',
    'read',
    '{"op":"exists","table":"other"',
    (t) => ({
      read: exists(
        () => other,
        { id: t.id },
        () => anyone,
        { rows: 'all' as never },
      ),
    }),
  ],
])('%s instead of a rule is refused', (_, operation, found, input) => {
  const problem = refused((t) => input(t) as AccessInput);
  expect(problem).toMatchObject({
    code: 'access/not-a-rule',
    object: 'public.things',
    fix: expect.stringContaining('owner(t.createdBy)'),
  });
  expect(problem.message).toContain(
    `the rule for ${operation} contains something that is not a rule: ${found}`,
  );
});
