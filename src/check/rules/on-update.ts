import { aboutPart, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const users = `export const users = pgTable('users', { id: uuid('id').primaryKey() });`;

export const onUpdate: LintRule = defineRule({
  code: 'lint/on-update',
  severity: 'warning',
  presets: ['patterns'],
  title: 'Every foreign key declares ON UPDATE.',
  why: 'NO ACTION is the default, so a reader cannot tell whether it is intended.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id, { onDelete: 'cascade' }),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    good: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id, { onDelete: 'cascade', onUpdate: 'cascade' }),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    alike: [
      `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id, { onDelete: 'cascade', onUpdate: 'restrict' }),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.foreignKeys
        .filter(({ onUpdate: action }) => action === 'no action')
        .map(({ name, columns }) => ({
          ...aboutPart(table, name, columns),
          message: `the foreign key ${nameColumns(table, columns)} does not declare ON UPDATE.`,
          fix: "add { onUpdate: 'cascade' } or 'restrict'.",
          sqlFix: 'add ON UPDATE CASCADE or RESTRICT.',
        })),
    ),
});
