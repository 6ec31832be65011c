import { aboutTable } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const noPrimaryKey: LintRule = defineRule({
  code: 'lint/no-primary-key',
  severity: 'error',
  presets: ['recommended', 'supabase', 'patterns'],
  title: 'Every table has a primary key.',
  why: 'Without a key, equal rows cannot be distinguished, and Postgres refuses UPDATE and DELETE if the table is published.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const visits = pgTable('visits', {
  page: text('page').notNull(),
});`,
    good: `export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  page: text('page').notNull(),
});`,
    alike: [
      `export const visits = pgTable('visits', {
  page: text('page').notNull(),
  day: date('day').notNull(),
}, (t) => [primaryKey({ columns: [t.page, t.day] })]);`,
    ],
  },
  check: ({ tables }) =>
    tables
      .filter(({ primaryKey }) => primaryKey === undefined)
      .map((table) => ({
        ...aboutTable(table),
        message: `${table.exportName} has no primary key.`,
        fix: "add id: uuid('id').primaryKey(), or primaryKey({ columns: […] }) over columns that identify a row.",
        sqlFix: 'add id uuid PRIMARY KEY, or PRIMARY KEY (…) over columns that identify a row.',
      })),
});
