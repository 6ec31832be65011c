import { aboutPart, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const drizzleLostOrder: LintRule = defineRule({
  code: 'lint/drizzle-lost-order',
  severity: 'warning',
  presets: ['recommended', 'zero'],
  title: 'No index column has both an order and an operator class, unless it is written as sql`…`.',
  why: 'drizzle-kit writes the operator class and drops .desc() and .nullsFirst(), without a warning.',
  inputs: ['definitions'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('notes_title').on(t.title.desc().op('text_pattern_ops'))]);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [index('notes_title').on(sql\`\${t.title} text_pattern_ops desc\`)]);`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [
  index('notes_title').on(t.title.op('text_pattern_ops')),
  index('notes_last').on(t.title.desc().nullsFirst()),
]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.indexes.flatMap(({ name, columns }) => {
        const lost = columns.flatMap((key) =>
          'column' in key && key.orderLost ? [key.column] : [],
        );
        if (lost.length === 0) return [];
        return {
          ...aboutPart(table, name, lost),
          message: `drizzle-kit drops the order of ${nameColumns(table, lost)} in the index ${name}, because it has an operator class.`,
          fix: 'write both in SQL: .on(sql`${t.column} operator_class desc`).',
        };
      }),
    ),
});
