import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const unnamedIndex: LintRule = defineRule({
  code: 'lint/unnamed-index',
  severity: 'error',
  presets: ['recommended', 'zero'],
  title: 'An index over an expression has a name.',
  why: 'drizzle-kit derives names of indexes from their columns. For an expression it cannot, and refuses to generate a migration.',
  inputs: ['definitions'],
  example: {
    bad: `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
}, (t) => [index().on(sql\`lower(\${t.email})\`)]);`,
    good: `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
}, (t) => [index('users_email').on(sql\`lower(\${t.email})\`)]);`,
    alike: [
      `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
}, (t) => [index().on(t.email)]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.indexes
        .filter(({ unnamed }) => unnamed)
        .map(({ name }) => ({
          ...aboutPart(table, name, []),
          message: `an index of ${table.exportName} over an expression has no name.`,
          fix: `name it: index('idx_${table.name}_…').`,
        })),
    ),
});
