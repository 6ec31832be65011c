import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const users = `export const users = pgTable('users', { id: uuid('id').primaryKey(), email: text('email') });`;

export const foreignColumn: LintRule = defineRule({
  code: 'lint/foreign-column',
  severity: 'error',
  presets: ['recommended'],
  title: 'Keys use columns of their own table.',
  why: "Drizzle accepts a column of any table. Postgres looks up its name in the key's own table, and the migration fails.",
  inputs: ['definitions'],
  example: {
    bad: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title'),
}, () => [unique('notes_email').on(users.email)]);`,
    good: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title'),
}, (t) => [index('notes_title').on(t.title)]);`,
    alike: [
      `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  email: text('email'),
}, (t) => [index('notes_email').on(t.email)]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      [...(table.primaryKey ? [table.primaryKey] : []), ...table.uniques].flatMap(
        ({ name, columns, foreign = [] }) =>
          foreign.length === 0
            ? []
            : {
                ...aboutPart(table, name, columns),
                message: `the key ${name} of ${table.exportName} names ${foreign.join(', ')}, which the table does not have.`,
                fix: "use a column of the function's argument: (t) => [unique().on(t.name)].",
              },
      ),
    ),
});
