import { checkNames, type NameOptions } from '../name-pattern.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const uniqueName: LintRule<NameOptions> = defineRule({
  code: 'lint/unique-name',
  severity: 'warning',
  presets: ['house'],
  title: 'Unique constraints follow one naming pattern: {table}_{columns}_unique.',
  why: 'Errors of the database show the name of the constraint. From a predictable name, an application can tell the user which value is taken.',
  inputs: ['definitions', 'database'],
  options: {
    pattern: {
      default: '{table}_{columns}_unique',
      help: 'the name, with {table} and {columns}',
    },
  },
  example: {
    bad: `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull().unique('one_email'),
});`,
    good: `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull().unique(),
});`,
    alike: [
      `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
}, (t) => [uniqueIndex('idx_users_email').on(t.email)]);`,
    ],
  },
  check: checkNames('unique constraint', ({ columns }) => columns),
});
