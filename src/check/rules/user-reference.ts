import { aboutColumn } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const userReference: LintRule = defineRule({
  code: 'lint/user-reference',
  severity: 'warning',
  presets: ['supabase'],
  title: 'A user_id column has a foreign key.',
  why: 'Without one, rows remain after their user is deleted, and a row can reference a user who never existed.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
});`,
    good: `export const profiles = pgTable('profiles', { id: uuid('id').primaryKey() });
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull().references(() => profiles.id, { onDelete: 'cascade' }),
}, (t) => [index('notes_user').on(t.userId)]);`,
    alike: [
      `export const logins = pgTable('logins', {
  id: uuid('id').primaryKey(),
  userId: text('user_id').notNull(),
  externalUserId: uuid('external_user_id'),
});`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.columns
        .filter(
          ({ name, type }) =>
            name === 'user_id' &&
            type.kind === 'uuid' &&
            !table.foreignKeys.some(({ columns }) => columns.includes(name)),
        )
        .map((column) => ({
          ...aboutColumn(table, column),
          message: `${table.exportName}.${column.key} has no foreign key.`,
          fix: "reference auth.users, which drizzle-orm/supabase exports as authUsers: .references(() => authUsers.id, { onDelete: 'cascade' }).",
          sqlFix: 'write REFERENCES auth.users ON DELETE CASCADE.',
        })),
    ),
});
