import { aboutTable } from '../../model/about.ts';
import { isSecurityInvoker, type View } from '../../model/view.ts';
import { isExposed } from '../is-exposed.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { tablesIn } from '../sql-names.ts';

const users = `create schema auth;
create table auth.users (id uuid primary key, email text);`;

export const exposedAuthUsers: LintRule = defineRule({
  code: 'lint/exposed-auth-users',
  severity: 'error',
  presets: ['supabase'],
  title: 'No view that the API serves reads auth.users.',
  why: 'The view exposes the e-mail addresses, phone numbers and password hashes of all users.',
  inputs: ['database'],
  example: {
    bad: `${users}
create view people as select id, email from auth.users;`,
    good: `${users}
create table people (id uuid primary key references auth.users, name text);`,
    alike: [
      `${users}
alter table auth.users enable row level security;
create view people with (security_invoker = on) as select id, email from auth.users;`,
      `${users}
create schema internal;
create view internal.people as select id, email from auth.users;`,
      `create table users (id uuid primary key);
create view people as select id from users;`,
    ],
  },
  check: ({ tables, views }) => {
    // Supabase enables it, unless the schema disables it.
    const isOpen = tables.some(
      ({ id, rowSecurity }) => id === 'auth.users' && !rowSecurity.enabled,
    );
    const showsAll = (view: View): boolean =>
      view.materialized || !isSecurityInvoker(view) || isOpen;
    return views
      .filter((view) => isExposed(view) && showsAll(view))
      .filter(({ sql = '' }) =>
        tablesIn(sql).some(({ schema, name }) => schema === 'auth' && name === 'users'),
      )
      .map((view) => ({
        ...aboutTable(view),
        message: `Supabase's API serves the view ${view.exportName}, which shows all rows of auth.users.`,
        fix: 'move the columns that others may see to a table in public with policies.',
      }));
  },
});
