import { qualifiedName } from '../../model/table-id.ts';
import { isExposed } from '../is-exposed.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const server = `create foreign data wrapper far;
create server away foreign data wrapper far;`;

export const exposedForeignTable: LintRule = defineRule({
  code: 'lint/exposed-foreign-table',
  severity: 'warning',
  presets: ['supabase'],
  title: 'The API does not serve foreign tables.',
  why: 'Postgres has no row-level security for foreign tables, so the API exposes all rows of the foreign table.',
  inputs: ['database'],
  example: {
    bad: `${server}
create foreign table orders (id uuid) server away;`,
    good: `${server}
create schema internal;
create foreign table internal.orders (id uuid) server away;`,
    alike: [
      `${server}
create role anon;
create foreign table orders (id uuid) server away;
grant select on orders to anon;
revoke select on orders from anon;`,
    ],
  },
  check: ({ foreignTables = [] }) =>
    foreignTables.filter(isExposed).map((table) => ({
      object: qualifiedName(table),
      places: [],
      message: `Supabase's API serves all rows of the foreign table ${table.name}.`,
      fix: 'put it into another schema, or revoke SELECT on it from anon and authenticated.',
    })),
});
