import { aboutTable } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const rlsWithoutPolicy: LintRule = defineRule({
  code: 'lint/rls-without-policy',
  severity: 'warning',
  presets: ['recommended', 'supabase', 'patterns'],
  title: 'A table with row-level security has policies or access rules.',
  why: 'Without any, every role that row-level security applies to sees no row and writes none, and gets no error when it reads.',
  inputs: ['definitions', 'database'],
  readsAccess: true,
  example: {
    bad: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }).enableRLS();`,
    good: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, () => [
  pgPolicy('read_notes', { for: 'select', using: sql\`true\` }),
]).enableRLS();`,
    alike: [
      `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }).enableRLS();
export const readNotes = pgPolicy('read_notes', { for: 'select', using: sql\`true\` }).link(notes);`,
    ],
  },
  check: ({ tables, policies, access }) =>
    tables
      .filter(({ id, rowSecurity }) => {
        const isRuled = access?.rules.tables[id] !== undefined;
        return rowSecurity.enabled && !isRuled && !policies.some(({ table }) => table === id);
      })
      .map((table) => ({
        ...aboutTable(table),
        message: `${table.exportName} has row-level security and no policy, so only its owner reads it.`,
        fix: 'add a policy or access rules; where nobody is to read it, ignore this rule with that reason.',
      })),
});
