import { aboutPart, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const users = `export const users = pgTable('users', { id: uuid('id').primaryKey() });`;

export const onDelete: LintRule = defineRule({
  code: 'lint/on-delete',
  severity: 'warning',
  presets: ['house', 'patterns'],
  title: 'Every foreign key declares ON DELETE.',
  why: 'NO ACTION is the default, so a reader cannot tell whether it is intended.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    good: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id, { onDelete: 'set null' }),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    alike: [
      `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id, { onDelete: 'restrict' }),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.foreignKeys
        .filter(({ onDelete: action }) => action === 'no action')
        .map(({ name, columns }) => ({
          ...aboutPart(table, name, columns),
          message: `the foreign key ${nameColumns(table, columns)} does not declare ON DELETE.`,
          fix: "add { onDelete: 'cascade' }, 'set null' or 'restrict'.",
          sqlFix: 'add ON DELETE CASCADE, SET NULL or RESTRICT.',
        })),
    ),
});
