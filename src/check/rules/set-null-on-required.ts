import { aboutPart, isNullable, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const users = `export const users = pgTable('users', { id: uuid('id').primaryKey() });`;

export const setNullOnRequired: LintRule = defineRule({
  code: 'lint/set-null-on-required',
  severity: 'error',
  presets: ['recommended'],
  title: 'ON DELETE SET NULL and ON UPDATE SET NULL require nullable columns.',
  why: 'Postgres accepts the definition, and then every DELETE of a referenced row fails with a NOT NULL violation.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').notNull().references(() => users.id, { onDelete: 'set null' }),
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
  authorId: uuid('author_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.foreignKeys.flatMap(({ columns, onDelete, onUpdate, onDeleteColumns, name }) => {
        const action = onDelete === 'set null' ? 'DELETE' : 'UPDATE';
        if (onDelete !== 'set null' && onUpdate !== 'set null') return [];
        const set = action === 'DELETE' ? (onDeleteColumns ?? columns) : columns;
        const required = set.filter((column) => !isNullable(table, column));
        if (required.length === 0) return [];
        return {
          ...aboutPart(table, name, required),
          message: `${nameColumns(table, required)} is NOT NULL, and its foreign key says ON ${action} SET NULL.`,
          fix: "remove .notNull(), or choose another action: 'cascade' or 'restrict'.",
          sqlFix: 'remove NOT NULL, or choose another action: CASCADE or RESTRICT.',
        };
      }),
    ),
});
