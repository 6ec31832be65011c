import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const drizzleArrayDefault: LintRule = defineRule({
  code: 'lint/drizzle-array-default',
  severity: 'error',
  presets: ['recommended', 'zero'],
  title: 'An array default contains no quotes or backslashes, unless it is written as sql`…`.',
  why: 'drizzle-kit does not escape them: the migration fails, or the default has a different value.',
  inputs: ['definitions'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  tags: text('tags').array().notNull().default(["it's new"]),
});`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  tags: text('tags').array().notNull().default(sql\`array['it''s new']\`),
});`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  tags: text('tags').array().notNull().default(['new', 'not read']),
  title: text('title').notNull().default("it's new"),
});`,
    ],
  },
  check: checkColumns((column, table) =>
    column.defaultIsList && /''|\\/.test((column.defaultSql ?? '').slice(1, -1))
      ? {
          message: `drizzle-kit does not escape the quotes in the default of ${nameColumn(column, table)}.`,
          fix: 'write .default(sql`array[…]`).',
        }
      : undefined,
  ),
});
