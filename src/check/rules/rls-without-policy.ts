import { aboutTable } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const rlsWithoutPolicy: LintRule = defineRule({
  code: 'lint/rls-without-policy',
  severity: 'warning',
  presets: ['recommended', 'supabase', 'patterns'],
  title: 'A table with row-level security has policies or access rules.',
  why: 'Without any, roles that are subject to row-level security cannot read or write rows, and reads return no rows instead of an error.',
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
        fix: 'add a policy or access rules. If no user may read the table, ignore this rule with that reason.',
        sqlFix: 'write a policy. If no user may read the table, ignore this rule with that reason.',
      })),
});
