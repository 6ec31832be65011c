import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const jsonType: LintRule = defineRule({
  code: 'lint/json-type',
  severity: 'warning',
  presets: ['recommended'],
  title: 'JSON is stored as jsonb.',
  why: 'json keeps the text and parses it anew on each access. It has no equality, so that DISTINCT, GROUP BY and UNION fail on it, and no index supports it.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const events = pgTable('events', {
  id: uuid('id').primaryKey(),
  payload: json('payload').notNull(),
});`,
    good: `export const events = pgTable('events', {
  id: uuid('id').primaryKey(),
  payload: jsonb('payload').notNull(),
});`,
    alike: [
      `export const events = pgTable('events', {
  id: uuid('id').primaryKey(),
  json: text('json').notNull(),
  facts: jsonb('facts').array(),
});`,
    ],
  },
  check: checkColumns((column, table) =>
    column.type.kind === 'json' && !column.type.binary
      ? { message: `${nameColumn(column, table)} is json.`, fix: 'use jsonb().' }
      : undefined,
  ),
});
