/** The roles in an access control list that have a privilege, except the owner. */
const grantees = (acl: string, owner: string, privilege: string): string => `array(
      select distinct case when grantee = 0 then 'public' else pg_get_userbyid(grantee)::text end
      from aclexplode(${acl}) where privilege_type = '${privilege}' and grantee <> ${owner}
      order by 1)`;

const readers = (acl: string, owner: string): string =>
  `case when ${acl} is not null then ${grantees(acl, owner, 'SELECT')} end`;

/** Tables, without their partitions. */
export const TABLES: string = `
  select oid::text, schema, name, relrowsecurity as enabled, relforcerowsecurity as forced,
    ${readers('relacl', 'relowner')} as readers,
    obj_description(oid, 'pg_class') as doc,
    (select attname from pg_partitioned_table join pg_attribute on attrelid = partrelid
      and attnum = partattrs[0] where partrelid = oid and partstrat = 'r' and partnatts = 1) as partition_column
  from tables order by schema, name`;

export const POLICIES = `
  select tables.schema, tables.name as table, pol.polname as name, pol.polcmd as command,
    pol.polpermissive as permissive,
    array(select case when role = 0 then 'public' else pg_get_userbyid(role)::text end
      from unnest(pol.polroles) as role) as roles,
    pg_get_expr(pol.polqual, pol.polrelid) as using,
    pg_get_expr(pol.polwithcheck, pol.polrelid) as with_check
  from pg_policy pol join tables on tables.oid = pol.polrelid`;

export const VIEWS: string = `
  select schema, name, kind = 'm' as materialized, pg_get_viewdef(oid) as sql,
    coalesce(reloptions, '{}') as options, ${readers('relacl', 'relowner')} as readers
  from relations where kind in ('v', 'm')`;

export const FOREIGN_TABLES: string = `
  select schema, name, ${readers('relacl', 'relowner')} as readers
  from relations where kind = 'f'`;

/** Without aggregates and window functions, and those of extensions. */
export const FUNCTIONS: string = `
  select space.name as schema, pro.proname as name,
    array_to_string(array(select format_type(arg, null)
      from unnest(pro.proargtypes) with ordinality as args (arg, at) order by at), ', ') as args,
    lang.lanname as language, pro.prosecdef as definer,
    pro.provolatile = 's' as stable, coalesce(pro.proconfig, '{}') as settings,
    case when lang.lanname not in ('c', 'internal')
      then coalesce(pg_get_function_sqlbody(pro.oid), pro.prosrc) end as body,
    pro.prorettype in ('trigger'::regtype, 'event_trigger'::regtype) as trigger,
    ${grantees("coalesce(pro.proacl, acldefault('f', pro.proowner))", 'pro.proowner', 'EXECUTE')} as callers
  from pg_proc pro
  join namespaces space on space.oid = pro.pronamespace
  join pg_language lang on lang.oid = pro.prolang
  where pro.prokind in ('f', 'p') and not exists (select from of_extensions
    where classid = 'pg_proc'::regclass and objid = pro.oid)`;

/** The tables and columns of all publications. */
export const PUBLISHED = `
  select tables.schema, tables.name as table, json_agg(distinct attname) as columns
  from pg_publication_tables pub
  join tables on tables.schema = pub.schemaname and tables.name = pub.tablename,
    unnest(pub.attnames) as attname
  group by tables.schema, tables.name`;

export const ENUMS = `
  select space.name as schema, typ.typname as name,
    array(select enumlabel::text from pg_enum
      where enumtypid = typ.oid order by enumsortorder) as values
  from pg_type typ join namespaces space on space.oid = typ.typnamespace
  where typ.typtype = 'e' and not exists (select from of_extensions
    where classid = 'pg_type'::regclass and objid = typ.oid)`;

/** Sequences that belong neither to a serial nor to an identity. */
export const SEQUENCES = `
  select relations.schema, relations.name, format_type(seq.seqtypid, null) as type,
    seq.seqincrement::text as increment, seq.seqmin::text as min, seq.seqmax::text as max,
    seq.seqstart::text as start, seq.seqcache::text as cache, seq.seqcycle as cycle
  from relations join pg_sequence seq on seq.seqrelid = relations.oid
  where not exists (select from pg_depend
    where classid = 'pg_class'::regclass and objid = relations.oid and deptype in ('a', 'i')
      and refclassid = 'pg_class'::regclass and refobjsubid > 0)`;

export const EXTENSIONS = `
  select extname as name, nspname as schema
  from pg_extension join pg_namespace space on space.oid = extnamespace
  where extname <> 'plpgsql'`;

/** Roles belong to the whole cluster. Names of Postgres's own roles start with `pg_`. */
export const ROLES = `
  select rolname as name, rolcreatedb as create_db, rolcreaterole as create_role,
    rolinherit as inherit, rolsuper as superuser, rolbypassrls as bypass_rls,
    rolreplication as replication, rolcanlogin as login
  from pg_roles where rolname !~ '^pg_'`;
