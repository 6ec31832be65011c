import { checkColumns, nameColumn } from '../column-rule.ts';
import { elementType } from '../element-type.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const jsonType: LintRule = defineRule({
  code: 'lint/json-type',
  severity: 'warning',
  presets: ['recommended'],
  title: 'JSON is stored as jsonb.',
  why: 'json stores the text and parses it on each access. It has no equality operator, so DISTINCT, GROUP BY and UNION fail, and it cannot be indexed.',
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
  check: checkColumns((column, table) => {
    const type = elementType(column.type);
    return type.kind === 'json' && !type.binary
      ? {
          message: `${nameColumn(column, table)} is json.`,
          fix: 'use jsonb().',
          sqlFix: 'use jsonb.',
        }
      : undefined;
  }),
});
