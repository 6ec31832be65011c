import { aboutTable } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const drizzleEnableRls: LintRule = defineRule({
  code: 'lint/drizzle-enable-rls',
  severity: 'warning',
  presets: ['zero'],
  title: 'A table with policies says .enableRLS().',
  why: 'Without it, drizzle-kit disables row-level security when the last policy is removed, and the table is open. With it, the table is closed then.',
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
        message: `${table.exportName} has policies, and row-level security ends with the last of them.`,
        fix: 'append .enableRLS() to pgTable(…).',
      })),
});
