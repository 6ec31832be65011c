import { aboutTable } from '../../model/about.ts';
import { isExposed } from '../is-exposed.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const rlsDisabled: LintRule = defineRule({
  code: 'lint/rls-disabled',
  severity: 'error',
  presets: ['supabase', 'patterns'],
  title: 'Every table in public has row-level security.',
  why: "Supabase's API serves the tables of public to anyone who has the anonymous key, which every page contains.",
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() });`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
}, (t) => [
  index('idx_notes_owner_id').on(t.ownerId),
  pgPolicy('own', { using: sql\`\${t.ownerId} = (select current_setting('app.user')::uuid)\` }),
]).enableRLS();`,
    alike: [
      `export const internal = pgSchema('internal');
export const notes = internal.table('notes', { id: uuid('id').primaryKey() });`,
    ],
  },
  check: ({ tables }) =>
    tables
      .filter((table) => !table.rowSecurity.enabled && isExposed(table))
      .map((table) => ({
        ...aboutTable(table),
        message: `${table.exportName} has no row-level security, and Supabase's API serves it.`,
        fix: 'add .enableRLS() and policies, or put the table into another schema.',
        sqlFix:
          'run ALTER TABLE … ENABLE ROW LEVEL SECURITY and write policies, or put the table into another schema.',
      })),
});
