import { quoteText } from '../../model/quote-sql.ts';
import { ROLLUP_SCHEMA } from '../../model/rollup.ts';
import type { CatalogRows } from './catalog-rows.ts';
import { COLUMNS } from './columns-sql.ts';
import { CONSTRAINTS } from './constraints-sql.ts';
import { INDEXES } from './indexes-sql.ts';
import {
  ENUMS,
  EXTENSIONS,
  FOREIGN_TABLES,
  FUNCTIONS,
  POLICIES,
  PUBLISHED,
  ROLES,
  SEQUENCES,
  TABLES,
  VIEWS,
} from './objects-sql.ts';

/** One query per kind of object. They share the names of {@link SHARED}. */
const PARTS: Readonly<Record<keyof CatalogRows, string>> = {
  tables: TABLES,
  columns: COLUMNS,
  constraints: CONSTRAINTS,
  indexes: INDEXES,
  policies: POLICIES,
  views: VIEWS,
  enums: ENUMS,
  sequences: SEQUENCES,
  extensions: EXTENSIONS,
  roles: ROLES,
  functions: FUNCTIONS,
  foreign_tables: FOREIGN_TABLES,
  published: PUBLISHED,
};

/** A kind of objects with its query. */
export type CatalogPart = keyof CatalogRows;

export const CATALOG_PARTS = Object.keys(PARTS) as readonly CatalogPart[];

/**
 * A single statement for the whole catalog: a single snapshot, read-only, inside or outside
 * a transaction, on any connection of a pool.
 *
 * Postgres prints a name with its schema unless the schema is in the search path. The path
 * is empty while the parts run, and is then restored: a CTE with a volatile function is
 * evaluated before the query that selects from it, and `offset 0` keeps the two levels
 * apart.
 */
export function catalogSql(
  schemas: readonly string[] | undefined,
  names: readonly CatalogPart[] = CATALOG_PARTS,
): string {
  const parts = names.map(
    (name) =>
      `'${name}', (select coalesce(json_agg(part), '[]') from (\n${PARTS[name]}\n) as part)`,
  );
  return `with path as materialized (
  select current_setting('search_path') as own, set_config('search_path', '', true)
), ${shared(schemas)}
select catalog, set_config('search_path', own, true) from (
  select own, json_build_object(
    ${parts.join(',\n    ')}
  )::text as catalog
  from path offset 0
) as read`;
}

/**
 * Excludes the server's own schemas, drizzle-kit's record of its migrations, and the marks of
 * rollups.
 */
const OTHERS = `nspname !~ '^pg_' and nspname not in ('information_schema', 'drizzle', ${quoteText(ROLLUP_SCHEMA)})`;

const shared = (schemas: readonly string[] | undefined): string => `namespaces as (
  select oid, nspname as name from pg_namespace
  where ${schemas === undefined ? OTHERS : `nspname = any (array[${schemas.map(quoteText).join(', ')}]::text[])`}
), of_extensions as (
  select classid, objid from pg_depend where deptype = 'e'
), relations as (
  select rel.oid, rel.relname as name, space.name as schema, rel.relkind as kind,
    rel.reloptions, rel.relrowsecurity, rel.relforcerowsecurity, rel.relacl, rel.relowner
  from pg_class rel join namespaces space on space.oid = rel.relnamespace
  where rel.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and not rel.relispartition
    and not exists (select from of_extensions
      where classid = 'pg_class'::regclass and objid = rel.oid)
), tables as (
  select * from relations where kind in ('r', 'p')
)`;
