import { aboutTable } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const drizzleEnableRls: LintRule = defineRule({
  code: 'lint/drizzle-enable-rls',
  severity: 'warning',
  presets: ['zero'],
  title: 'A table with policies calls .enableRLS().',
  why: 'Without it, drizzle-kit disables row-level security when the last policy is removed, which opens the table. With it, a table without policies is closed.',
  inputs: ['definitions'],
  example: {
    bad: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, () => [
  pgPolicy('read', { for: 'select', using: sql\`true\` }),
]);`,
    good: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, () => [
  pgPolicy('read', { for: 'select', using: sql\`true\` }),
]).enableRLS();`,
    alike: [`export const notes = pgTable('notes', { id: uuid('id').primaryKey() });`],
  },
  check: ({ tables }) =>
    tables
      .filter(({ rowSecurity }) => rowSecurity.byPolicy)
      .map((table) => ({
        ...aboutTable(table),
        message: `${table.exportName} has policies, and removing the last one disables row-level security.`,
        fix: 'append .enableRLS() to pgTable(…).',
      })),
});
