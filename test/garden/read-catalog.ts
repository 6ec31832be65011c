/** Runs one statement and returns its rows; every driver can implement it. */
export type CatalogQuery = (sql: string) => Promise<readonly object[]>;

interface CatalogColumn {
  readonly type: string;
  readonly nullable: boolean;
  readonly collation?: string;
  readonly default?: string;
  readonly identity?: string;
  readonly generated?: string;
}

interface CatalogPolicy {
  readonly command: string;
  readonly permissive: boolean;
  /** Separated by commas. */
  readonly roles: string;
  readonly using: string | null;
  readonly check: string | null;
}

interface CatalogTable {
  readonly rowSecurity: 'off' | 'on' | 'forced';
  readonly columns: Readonly<Record<string, CatalogColumn>>;
  readonly constraints: Readonly<Record<string, string>>;
  readonly indexes: Readonly<Record<string, string>>;
  readonly triggers: Readonly<Record<string, string>>;
  readonly policies: Readonly<Record<string, CatalogPolicy>>;
}

/** The objects that the migrations created, as Postgres prints them. */
export interface Catalog {
  readonly tables: Readonly<Record<string, CatalogTable>>;
  readonly functions: Readonly<Record<string, string>>;
  readonly comments: Readonly<Record<string, string>>;
}

// All schemas except those of Postgres and the migrator, so that a function in a separate
// schema is not overlooked.
const namespaces = `select oid from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'drizzle')`;

/** Without the schema for `public`, as Postgres prints definitions. */
const tableName = `case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname`;
const from = `from pg_class c join pg_namespace n on n.oid = c.relnamespace`;
const ours = `c.relnamespace in (${namespaces}) and c.relkind in ('r', 'p')`;

const tablesSql = `select ${tableName} as "table", c.relrowsecurity as enabled,
    c.relforcerowsecurity as forced
  ${from} where ${ours}`;

const columnsSql = `select ${tableName} as "table", a.attname as name,
    format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
    case when a.attcollation <> t.typcollation then l.collname end as collation,
    pg_get_expr(d.adbin, d.adrelid) as default,
    nullif(a.attidentity::text, '') as identity, nullif(a.attgenerated::text, '') as generated
  ${from}
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_collation l on l.oid = a.attcollation
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where ${ours}`;

// Postgres 18 lists NOT NULL among the constraints, older versions do not. The columns
// have it in all versions.
const constraintsSql = `select ${tableName} as "table", k.conname as name,
    pg_get_constraintdef(k.oid) as definition
  ${from} join pg_constraint k on k.conrelid = c.oid
  where ${ours} and k.contype <> 'n'`;

const indexesSql = `select ${tableName} as "table", i.relname as name,
    pg_get_indexdef(i.oid) as definition
  ${from} join pg_index x on x.indrelid = c.oid join pg_class i on i.oid = x.indexrelid
  where ${ours}`;

const triggersSql = `select ${tableName} as "table", g.tgname as name,
    pg_get_triggerdef(g.oid) as definition
  ${from} join pg_trigger g on g.tgrelid = c.oid
  where ${ours} and not g.tgisinternal`;

const policiesSql = `select ${tableName} as "table", p.polname as name,
    case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
      when 'd' then 'delete' else 'all' end as command,
    p.polpermissive as permissive,
    (select string_agg(r.name, ', ' order by r.name collate "C")
      from unnest(p.polroles) as role,
        lateral (select case role when 0 then 'public' else pg_get_userbyid(role)::text end) as r (name)
    ) as roles,
    pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
  ${from} join pg_policy p on p.polrelid = c.oid
  where ${ours}`;

// Objects of an extension differ between its versions, and are not part of the schema.
const functionsSql = `select f.oid::regprocedure::text as name,
    pg_get_functiondef(f.oid) as definition
  from pg_proc f
  where f.pronamespace in (${namespaces}) and f.prokind in ('f', 'p')
    and not exists (select from pg_depend e
      where e.classid = 'pg_proc'::regclass and e.objid = f.oid and e.deptype = 'e')`;

const commentsSql = `select o.type || ' ' || o.identity as name, d.description as definition
  from pg_description d, lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) as o
  where (d.classoid, d.objoid) in (
    select 'pg_class'::regclass, oid from pg_class where relnamespace in (${namespaces})
    union all
    select 'pg_constraint'::regclass, oid from pg_constraint where connamespace in (${namespaces})
    union all
    select 'pg_trigger'::regclass, g.oid from pg_trigger g join pg_class c on c.oid = g.tgrelid
      where c.relnamespace in (${namespaces})
    union all
    select 'pg_policy'::regclass, p.oid from pg_policy p join pg_class c on c.oid = p.polrelid
      where c.relnamespace in (${namespaces})
    union all
    select 'pg_proc'::regclass, f.oid from pg_proc f
      where f.pronamespace in (${namespaces}) and not exists (select from pg_depend e
        where e.classid = 'pg_proc'::regclass and e.objid = f.oid and e.deptype = 'e'))`;

interface Named {
  readonly name: string;
}
interface Owned extends Named {
  readonly table: string;
}
interface Defined {
  readonly definition: string;
}
interface TableRow {
  readonly table: string;
  readonly enabled: boolean;
  readonly forced: boolean;
}

/**
 * Reads the objects that the migrations created, sorted, and in a form that Postgres 15 to
 * 18 and PGlite share. The order of columns is omitted: it depends on the history of a
 * table, and nothing may depend on it.
 *
 * @example
 * const catalog = await readCatalog(async (sql) => (await client.query<object>(sql)).rows);
 * catalog.tables['tags']?.constraints['tags_slug_unique']; // UNIQUE (slug)
 */
export async function readCatalog(query: CatalogQuery): Promise<Catalog> {
  // The cast is needed because the row type of SQL is unknown.
  const rows = async <Row>(sql: string): Promise<readonly Row[]> => (await query(sql)) as Row[];
  const columns = await rows<Owned & CatalogColumn>(columnsSql);
  const constraints = await rows<Owned & Defined>(constraintsSql);
  const indexes = await rows<Owned & Defined>(indexesSql);
  const triggers = await rows<Owned & Defined>(triggersSql);
  const policies = await rows<Owned & CatalogPolicy>(policiesSql);
  const tables = (await rows<TableRow>(tablesSql)).map(({ table, enabled, forced }) => {
    const own = <Row extends Owned>(list: readonly Row[]): readonly Row[] =>
      list.filter((row) => row.table === table);
    const content: CatalogTable = {
      rowSecurity: rowSecurity(enabled, forced),
      columns: byName(own(columns), columnOf),
      constraints: byName(own(constraints), definitionOf),
      indexes: byName(own(indexes), definitionOf),
      triggers: byName(own(triggers), definitionOf),
      policies: byName(own(policies), policyOf),
    };
    return { name: table, content };
  });
  return {
    tables: byName(tables, ({ content }) => content),
    functions: byName(await rows<Named & Defined>(functionsSql), definitionOf),
    comments: byName(await rows<Named & Defined>(commentsSql), definitionOf),
  };
}

function rowSecurity(enabled: boolean, forced: boolean): CatalogTable['rowSecurity'] {
  if (!enabled) return 'off';
  return forced ? 'forced' : 'on';
}

const definitionOf = ({ definition }: Defined): string => definition;

function columnOf(column: CatalogColumn): CatalogColumn {
  const { type, nullable, collation, default: fallback, identity, generated } = column;
  return {
    type,
    nullable,
    ...(collation && { collation }),
    ...(fallback && { default: fallback }),
    ...(identity && { identity }),
    ...(generated && { generated }),
  };
}

function policyOf({ command, permissive, roles, using, check }: CatalogPolicy): CatalogPolicy {
  return { command, permissive, roles, using, check };
}

/** In the order of UTF-16 units, which does not depend on the locale. */
function byName<Row extends Named, Value>(
  rows: readonly Row[],
  value: (row: Row) => Value,
): Record<string, Value> {
  const sorted = rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return Object.fromEntries(sorted.map((row) => [row.name, value(row)]));
}
