import { text, uuid } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { anyone, defineAccess, exists, id, pgTable, references } from '../../kit/index.ts';
import { readSchema } from '../../read/drizzle/read-schema.ts';
import { replaceUsers } from './replace-users.ts';

const { access } = defineAccess();
const schemaOf = (exports: Record<string, unknown>) =>
  readSchema({ files: [{ file: '/schema.ts', exports }] }).schema;
const codeOf = (exports: Record<string, unknown>) => {
  try {
    replaceUsers(schemaOf(exports), 'users');
  } catch (error) {
    return (error as { problem: { code: string } }).problem.code;
  }
  return undefined;
};

const users = pgTable('users', { id: id(), email: text('email').unique() }, (t) => [
  ...access(t, { read: anyone }),
]).enableRLS();

test('removes the table, its rules and the reference to it', () => {
  const notes = pgTable('notes', { id: id(), userId: uuid('user_id') }, (t) => [
    references(t.userId, users.id, 'cascade'),
  ]);
  const replaced = replaceUsers(schemaOf({ users, notes }), 'users');
  expect(replaced.tables.map(({ name }) => name)).toEqual(['notes']);
  expect(replaced.tables[0]?.foreignKeys[0]?.references).toEqual({
    table: 'auth.users',
    columns: ['id'],
  });
  expect(replaced.access?.rules.tables).toEqual({});
});

test('refuses a reference to another key than a uuid primary key', () => {
  const mails = pgTable('mails', { id: id(), to: text('to') }, (t) => [
    references(t.to, users.email, 'cascade'),
  ]);
  expect(codeOf({ users, mails })).toBe('sql/users-key');
});

test('refuses rules that read the table', () => {
  const notes = pgTable('notes', { id: id(), userId: uuid('user_id') }, (t) => [
    ...access(t, { read: exists(() => users, { id: t.userId }) }),
  ]).enableRLS();
  expect(codeOf({ users, notes })).toBe('sql/users-in-rules');
  expect(codeOf({ users })).toBeUndefined();
});
