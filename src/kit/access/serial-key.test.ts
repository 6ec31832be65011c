import { bigserial, integer, serial, smallserial } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { anyone, defineAccess, exists, pgTable } from '../index.ts';
import { accessRules } from '../../read/drizzle/read-access.ts';

const { access } = defineAccess();

test.each([
  ['serial', serial('id')],
  ['smallserial', smallserial('id')],
  ['bigserial', bigserial('id', { mode: 'number' })],
])('a %s key is an integer, which rules may join on', (_, id) => {
  const issues = pgTable('issues', { id: id.primaryKey() }, (t) => [
    ...access(t, { read: anyone }),
  ]).enableRLS();
  const comments = pgTable(
    'comments',
    { id: serial('id').primaryKey(), issueId: integer('issue_id').notNull() },
    (t) => [
      ...access(t, {
        read: exists(
          () => issues,
          { id: t.issueId },
          () => anyone,
        ),
      }),
    ],
  ).enableRLS();
  expect(accessRules({ issues, comments }).tables['comments']?.read).toMatchObject({
    op: 'exists',
    on: [{ other: 'id', own: 'issue_id', type: 'integer' }],
  });
});
