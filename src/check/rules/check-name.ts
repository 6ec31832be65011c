import { checkNames, type NameOptions } from '../name-pattern.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const checkName: LintRule<NameOptions> = defineRule({
  code: 'lint/check-name',
  severity: 'warning',
  presets: ['house'],
  title: 'Check constraints follow one naming pattern: {table}_{anything}_check.',
  why: 'Errors of the database show the name of the check, so the name should include the table.',
  inputs: ['definitions', 'database'],
  options: {
    pattern: { default: '{table}_{columns}_check', help: 'the name, with {table} and {columns}' },
  },
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [check('not_blank', sql\`\${t.title} <> ''\`)]);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [check('notes_title_check', sql\`\${t.title} <> ''\`)]);`,
    alike: [
      `export const visits = pgTable('visits', {
  id: uuid('id').primaryKey(),
  begins: date('begins').notNull(),
  ends: date('ends').notNull(),
}, (t) => [check('visits_order_check', sql\`\${t.begins} <= \${t.ends}\`)]);`,
    ],
  },
  check: checkNames('check', () => undefined),
});
