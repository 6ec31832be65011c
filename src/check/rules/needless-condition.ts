import { aboutPart, isNullable, nameColumns } from '../about-columns.ts';
import { nullConditions } from '../index-conditions.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { leadingColumns, tablePaths } from '../table-paths.ts';

export const needlessCondition: LintRule = defineRule({
  code: 'lint/needless-condition',
  severity: 'warning',
  presets: ['recommended'],
  title: 'No partial index excludes NULLs of a NOT NULL column.',
  why: 'Such an index contains every row anyway, but foreign keys, and ON CONFLICT without the same condition, cannot use a partial index.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
}, (t) => [uniqueIndex('users_email').on(t.email).where(isNotNull(t.email))]);`,
    good: `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
}, (t) => [uniqueIndex('users_email').on(t.email)]);`,
    alike: [
      `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
  deletedAt: timestamp('deleted_at', { withTimezone: true }),
}, (t) => [uniqueIndex('users_email').on(t.email).where(isNull(t.deletedAt))]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      tablePaths(table).flatMap((path) => {
        const { notNull, null: none, complete } = nullConditions(path.where ?? 'true');
        const isNeedless = complete && none.length === 0 && notNull.length > 0;
        if (!isNeedless || notNull.some((name) => isNullable(table, name))) return [];
        return {
          ...aboutPart(table, path.name, leadingColumns(path)),
          message: `the index ${path.name} excludes rows where ${nameColumns(table, notNull)} is NULL, which is never the case.`,
          fix: 'remove .where(…).',
          sqlFix: 'remove the WHERE clause.',
        };
      }),
    ),
});
