import { quoteText } from '../../model/quote-sql.ts';
import type { PostgresClient } from '../access/postgres-world.ts';

/**
 * All objects that companion SQL creates, as Postgres prints them, by name: policies,
 * grants, row-level security, functions, triggers, indexes, settings, publications.
 */
export async function snapshotCompanion(
  client: Pick<PostgresClient, 'query'>,
  schemas: readonly string[],
  roles: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const { rows } = await client.query<{ name: string; text: string }>(snapshotSql(schemas, roles));
  return Object.fromEntries(rows.map(({ name, text }) => [name, text]));
}

const list = (texts: readonly string[]): string =>
  `array[${texts.map(quoteText).join(', ')}]::text[]`;

function snapshotSql(schemas: readonly string[], roles: readonly string[]): string {
  const spaces = `(select oid from pg_namespace where nspname = any (${list(schemas)}))`;
  const grantees = `(select oid from pg_roles where rolname = any (${list(roles)}) union all select 0::oid)`;
  // Sorted, because the order of grants has no meaning.
  const granted = (acl: string): string => `(select string_agg(distinct
      coalesce(grantee::regrole::text, '') || ' ' || privilege_type, ', ' order by coalesce(grantee::regrole::text, '') || ' ' || privilege_type)
    from aclexplode(${acl}) where grantee in ${grantees})`;
  const tables = `pg_class c where c.relnamespace in ${spaces} and c.relkind in ('r', 'p', 'v', 'm')`;
  const inTable = `join pg_class c on c.oid =`;
  return `
  select 'policy ' || c.oid::regclass || '.' || polname as name, concat_ws(' | ', polcmd, polpermissive,
      (select string_agg(case when r = 0 then 'public' else r::regrole::text end, ',' order by r::regrole::text) from unnest(polroles) r),
      'using ' || pg_get_expr(polqual, polrelid), 'check ' || pg_get_expr(polwithcheck, polrelid)) as text
    from pg_policy ${inTable} polrelid where c.relnamespace in ${spaces}
  union all select 'row-level security ' || c.oid::regclass,
      concat_ws(' ', case when relrowsecurity then 'enabled' end, case when relforcerowsecurity then 'forced' end)
    from ${tables} and relkind in ('r', 'p')
  union all select 'grants on ' || c.oid::regclass, coalesce(${granted('c.relacl')}, '') from ${tables}
  union all select 'grants on ' || c.oid::regclass || '.' || attname, coalesce(${granted('attacl')}, '')
    from pg_attribute ${inTable} attrelid where c.relnamespace in ${spaces} and attnum > 0 and attacl is not null
  union all select 'settings of ' || c.oid::regclass, concat_ws(' ', relreplident, reloptions::text) from ${tables}
  union all select 'trigger ' || c.oid::regclass || '.' || tgname, pg_get_triggerdef(t.oid) || ' ' || tgenabled::text
    from pg_trigger t ${inTable} tgrelid where c.relnamespace in ${spaces} and not tgisinternal
  union all select 'index ' || i.indexrelid::regclass, pg_get_indexdef(i.indexrelid)
    from pg_index i ${inTable} i.indrelid where c.relnamespace in ${spaces}
  union all select 'function ' || p.oid::regprocedure, pg_get_functiondef(p.oid) || ' ' || coalesce(${granted("coalesce(proacl, acldefault('f', proowner))")}, '')
    from pg_proc p where p.pronamespace in ${spaces} and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  union all select 'grants on schema ' || nspname, coalesce(${granted('nspacl')}, '')
    from pg_namespace where nspname = any (${list(schemas)})
  union all select 'publication ' || pubname || ' of ' || schemaname || '.' || tablename,
      (select string_agg(name, ', ' order by name) from unnest(attnames::text[]) name) || coalesce(' where ' || rowfilter, '')
    from pg_publication_tables`;
}
