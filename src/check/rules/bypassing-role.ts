import { defineRule, type LintRule } from '../lint-rule.ts';

export const bypassingRole: LintRule = defineRule({
  code: 'lint/bypassing-role',
  severity: 'error',
  presets: ['recommended'],
  title: 'No policy is for a role that bypasses row-level security.',
  why: 'A superuser and a role with BYPASSRLS read and write all rows, so a policy for them decides nothing. An application that connects as such a role has no row-level security.',
  inputs: ['database'],
  example: {
    bad: `create role app login bypassrls;
create table notes (id uuid primary key, owner text);
alter table notes enable row level security;
create policy own on notes to app using (owner = (select current_setting('app.user')));`,
    good: `create role app login;
create table notes (id uuid primary key, owner text);
alter table notes enable row level security;
create policy own on notes to app using (owner = (select current_setting('app.user')));`,
    alike: [
      `create role copier login replication bypassrls;
create role app;
create table notes (id uuid primary key);
alter table notes enable row level security;
create policy none on notes to app using (false);`,
    ],
  },
  check: ({ roles, policies }) =>
    roles
      .filter(({ powers }) => powers !== undefined && (powers.bypassRls || powers.superuser))
      .flatMap(({ name, powers }) => {
        const policy = policies.find((one) => one.roles.includes(name));
        // Supabase's service role has BYPASSRLS by design.
        if (policy === undefined || name === 'service_role') return [];
        return {
          object: name,
          places: [],
          message: `the policy ${policy.name} of ${policy.table} is for ${name}, which ${powers?.superuser ? 'is a superuser' : 'has BYPASSRLS'}.`,
          fix: powers?.superuser
            ? 'let the application connect as a separate role.'
            : `run ALTER ROLE ${name} NOBYPASSRLS, or remove the role from the policy.`,
        };
      }),
});
