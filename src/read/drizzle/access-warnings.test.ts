import { uuid } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { anyone, defineAccess, id, owner, pgTable } from '../../kit/index.ts';
import { readSchema } from './read-schema.ts';

const { access } = defineAccess();
export const notes = pgTable(
  'notes',
  { id: id(), createdBy: uuid('created_by').notNull() },
  (t) => [...access(t, { read: owner(t.createdBy), insert: anyone })],
).enableRLS();

test('warnings about rules are findings of the schema, and the rules are kept', () => {
  const { schema, findings } = readSchema({
    files: [{ file: import.meta.filename, exports: { notes } }],
  });
  expect(findings).toMatchObject([
    {
      severity: 'warning',
      code: 'access/hidden-insert',
      object: 'public.notes',
      places: [{ file: import.meta.filename, line: expect.any(Number), name: 'notes' }],
    },
  ]);
  expect(schema.access).toEqual({
    rules: expect.objectContaining({ tables: { notes: expect.anything() } }),
    preset: 'postgres',
    roles: ['app_user'],
  });
});
