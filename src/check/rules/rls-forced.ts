import { aboutTable } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const notes = `create table notes (id uuid primary key);
alter table notes enable row level security;
create policy none on notes using (false);`;

export const rlsForced: LintRule = defineRule({
  code: 'lint/rls-forced',
  severity: 'warning',
  presets: ['house'],
  title: 'Row-level security is forced, so that it also applies to the owner of the table.',
  why: 'Policies do not apply to the owner. An application or a SECURITY DEFINER function that runs as the owner reads and writes all rows. access() of the kit adds FORCE.',
  inputs: ['database'],
  example: {
    bad: notes,
    good: `${notes}
alter table notes force row level security;`,
    alike: [`create table notes (id uuid primary key);`],
  },
  check: ({ tables }) =>
    tables
      .filter(({ rowSecurity: { enabled, forced } }) => enabled && !forced)
      .map((table) => ({
        ...aboutTable(table),
        message: `row-level security of ${table.exportName} does not apply to its owner.`,
        fix: 'run ALTER TABLE … FORCE ROW LEVEL SECURITY, and give the role that replicates it BYPASSRLS.',
      })),
});
