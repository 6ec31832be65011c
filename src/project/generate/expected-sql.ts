import { is, sql, type SQL } from 'drizzle-orm';
import { getTableConfig, PgDialect, PgRole, PgTable, PgPolicy } from 'drizzle-orm/pg-core';
import { quoteName } from '../../model/quote-sql.ts';
import { tableId } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { Schema } from '../../model/schema.ts';
import type { Project } from '../load-project.ts';

/**
 * The checks and policies that the migrations should contain: statements that create each
 * table with its checks, and its policies.
 */
export function expectedSql(
  { exports, settings: { casing } }: Project,
  { access, tables: models }: Pick<Schema, 'access' | 'tables'>,
): readonly string[] {
  const dialect = new PgDialect({ ...(casing && { casing }) });
  // drizzle-kit writes parameters as `$1`, which has no meaning in a migration.
  const textOf = (part: SQL): string => dialect.sqlToQuery(sql`${part}`.inlineParams()).sql;
  const guarded = new Set(Object.keys(access?.rules.tables ?? {}));
  const tables = new Set(Object.values(exports).filter((value) => is(value, PgTable)));
  const linked = Object.values(exports).filter((value) => is(value, PgPolicy));
  return [...tables].flatMap((table) => {
    const { name, schema, checks, policies, enableRLS } = getTableConfig(table);
    const on = quoteName(schema ?? 'public', name);
    const lines = checks.map(
      (check) => `constraint ${quoteName(check.name)} check (${textOf(check.value)})`,
    );
    return [
      `create table ${on} (${lines.join(', ')})${partitionBy(models.find(({ id }) => id === tableId(schema, name)))}`,
      ...(enableRLS || policies.length > 0 ? [`alter table ${on} enable row level security`] : []),
      ...policies.map((policy) => createPolicy(policy, on, textOf)),
      // A table with access rules must not have linked policies.
      ...linked
        .filter((policy) => linkOf(policy) === table && !guarded.has(tableId(schema, name)))
        .map((policy) => createPolicy(policy, on, textOf)),
    ];
  });
}

const partitionBy = (table: Table | undefined): string =>
  table?.partition ? ` partition by range (${quoteName(table.partition.column)})` : '';

/** The table of a policy that was linked with `.link(table)`; Drizzle does not expose it. */
const linkOf = (policy: PgPolicy): unknown =>
  (policy as { readonly _linkedTable?: unknown })._linkedTable;

function createPolicy(policy: PgPolicy, on: string, textOf: (part: SQL) => string): string {
  const { name, as = 'permissive', for: command = 'all', to, using, withCheck } = policy;
  const given = Array.isArray(to) ? to : [to ?? 'public'];
  const roles = given.map((role) => (is(role, PgRole) ? role.name : String(role)));
  const clause = (word: string, part: SQL | undefined): string =>
    part ? ` ${word} (${textOf(part)})` : '';
  return `create policy ${quoteName(name)} on ${on} as ${as} for ${command} to ${roles
    .map((role) => (KEYWORDS.has(role) ? role : quoteName(role)))
    .join(', ')}${clause('using', using)}${clause('with check', withCheck)}`;
}

const KEYWORDS: ReadonlySet<string> = new Set([
  'public',
  'current_role',
  'current_user',
  'session_user',
]);
