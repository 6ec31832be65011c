import { fingerprint } from '../../model/fingerprint.ts';
import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import { tablesSeenBy } from '../../rules/tables-seen.ts';
import type { Rule, TableRules } from '../../model/rule.ts';
import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';
import type { AccessSource } from './emit-existence-functions.ts';

/**
 * The privileges of the application's roles on each table, by column. Server-only columns
 * are not granted, and UPDATE is not granted on immutable columns. Policies alone cannot
 * enforce this, because they never see both the old and the new row. FORCE applies the
 * policies to the owner of the tables too.
 */
export function emitGrants(
  tables: readonly Table[],
  source: AccessSource,
): readonly CompanionObject[] {
  const schemas = new Set(tables.flatMap(({ schema }) => schema ?? []));
  schemas.delete('public');
  const usage = [...schemas].map((schema) => schemaUsage(schema, source.roles));
  // Without SELECT, a policy that reads a table is an error even if another part of the
  // policy allows the row. With SELECT and no read policy, the table appears empty.
  const seen = new Set(Object.values(source.rules.tables).flatMap(tablesSeenBy));
  const perTable = tables.flatMap((table) => {
    const { id } = table;
    const rules = source.rules.tables[id];
    if (rules) return [grants(table, rules, seen, source.roles), force(rules.table)];
    return source.preset === 'supabase' ? [closed(id, source.roles)] : [];
  });
  return [...usage, ...perTable];
}

function schemaUsage(schema: string, roles: readonly string[]): CompanionObject {
  const on = quoteName(schema);
  const to = roles.map((role) => quoteName(role)).join(', ');
  return {
    key: `usage on schema ${on}`,
    create: `grant usage on schema ${on} to ${to};`,
    drop: '',
  };
}

function grants(
  table: Table,
  rules: TableRules,
  seen: ReadonlySet<string>,
  roles: readonly string[],
): CompanionObject {
  const on = quoteTable(rules.table);
  const to = roles.map((role) => quoteName(role)).join(', ');
  const reachable = table.columns.filter((column) => !column.serverOnly).map(({ name }) => name);
  // Postgres checks a column privilege for each column, and a table privilege only once.
  const readable = reachable.length === table.columns.length ? undefined : reachable;
  const changeable = reachable.filter((name) => !rules.immutable.includes(name));
  const grant = (
    what: string,
    columns: readonly string[] | undefined,
    requiredRules: readonly Rule[],
  ) => {
    if (requiredRules.some((rule) => rule.op === 'nobody') || columns?.length === 0) return [];
    const list = columns ? ` (${columns.map((name) => quoteName(name)).join(', ')})` : '';
    return [`grant ${what}${list} on ${on} to ${to};`];
  };
  // drizzle-kit drops and adds a column to change its expression, which loses its grants.
  const generated = table.columns.flatMap(({ name, generatedSql }) =>
    generatedSql === undefined ? [] : [[name, generatedSql]],
  );
  return {
    key: `grants on ${on}`,
    ...(generated.length > 0 && { inputs: fingerprint(JSON.stringify(generated)) }),
    create: [
      `revoke all on ${on} from ${to};`,
      ...grant('select', readable, seen.has(rules.table) ? [] : [rules.read]),
      ...grant('insert', reachable, [rules.insert]),
      ...grant('update', changeable, [rules.update.from, rules.update.to]),
      ...grant('delete', undefined, [rules.delete]),
    ].join('\n--> statement-breakpoint\n'),
    drop: `revoke all on ${on} from ${to};`,
    on,
  };
}

/** Supabase grants every new table to its roles. For a table without rules, this revokes the grants. */
function closed(table: string, roles: readonly string[]): CompanionObject {
  const on = quoteTable(table);
  return {
    key: `closed ${on}`,
    create: `revoke all on ${on} from ${roles.map((role) => quoteName(role)).join(', ')};
--> statement-breakpoint
alter table ${on} enable row level security;`,
    drop: '',
  };
}

export function force(table: string): CompanionObject {
  const on = quoteTable(table);
  return {
    key: `force row level security on ${on}`,
    create: `alter table ${on} enable row level security;
--> statement-breakpoint
alter table ${on} force row level security;`,
    drop: `alter table ${on} no force row level security;`,
    on,
  };
}
