import { defineRule, type LintRule } from '../lint-rule.ts';

const notes = `create table notes (id uuid primary key);
alter table notes enable row level security;
create policy none on notes using (false);
create publication zero_data for table notes;`;

export const replicationRole: LintRule = defineRule({
  code: 'lint/replication-role',
  severity: 'error',
  presets: ['zero'],
  title: 'A role that replicates tables with row-level security has BYPASSRLS.',
  why: 'The initial copy runs as this role. Without BYPASSRLS, policies hide rows from it: the replica is empty or incomplete, without an error.',
  inputs: ['database'],
  example: {
    bad: `${notes}
create role copier login replication;`,
    good: `${notes}
create role copier login replication bypassrls;`,
    alike: [
      `create table notes (id uuid primary key);
create publication zero_data for table notes;
create role copier login replication;`,
    ],
  },
  check: ({ tables, published, roles }) => {
    const hidden = tables.find(
      ({ id, rowSecurity }) => rowSecurity.enabled && published?.[id] !== undefined,
    );
    if (hidden === undefined) return [];
    return roles
      .filter(({ powers }) => powers?.replication && !powers.bypassRls && !powers.superuser)
      .map(({ name }) => ({
        object: name,
        places: [],
        message: `${name} has REPLICATION and no BYPASSRLS, and ${hidden.exportName} has row-level security.`,
        fix: `run ALTER ROLE ${name} BYPASSRLS.`,
      }));
  },
});
