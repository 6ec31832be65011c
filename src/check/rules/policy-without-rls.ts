import { quoteTable } from '../../model/quote-sql.ts';
import { aboutTable } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const policyWithoutRls: LintRule = defineRule({
  code: 'lint/policy-without-rls',
  severity: 'error',
  presets: ['recommended', 'supabase', 'patterns'],
  title: 'A table with policies has row-level security enabled.',
  why: 'Policies without it do nothing: every role with a grant reads and writes all rows. drizzle-kit enables it with the first policy, but hand-written SQL may not, and DISABLE ROW LEVEL SECURITY stays in effect.',
  inputs: ['database'],
  example: {
    bad: `create table notes (id uuid primary key);
create policy read_notes on notes for select using (true);`,
    good: `create table notes (id uuid primary key);
alter table notes enable row level security;
create policy read_notes on notes for select using (true);`,
    alike: [`create table notes (id uuid primary key);`],
  },
  check: ({ tables, policies }) =>
    tables.flatMap((table) => {
      const own = policies.filter((policy) => policy.table === table.id);
      if (own.length === 0 || table.rowSecurity.enabled) return [];
      return {
        ...aboutTable(table),
        message: `${table.exportName} has ${own.length === 1 ? `the policy ${own[0]?.name}` : `${own.length} policies`}, and row-level security is not enabled.`,
        fix: 'run ALTER TABLE … ENABLE ROW LEVEL SECURITY, and find out what disabled it.',
        paste: { sql: `ALTER TABLE ${quoteTable(table.id)} ENABLE ROW LEVEL SECURITY;` },
      };
    }),
});
