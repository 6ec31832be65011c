/** Tables, without their partitions. */
export const TABLES = `
  select oid::text, schema, name, relrowsecurity as enabled, relforcerowsecurity as forced,
    obj_description(oid, 'pg_class') as doc
  from tables order by schema, name`;

export const POLICIES = `
  select tables.schema, tables.name as table, pol.polname as name, pol.polcmd as command,
    pol.polpermissive as permissive,
    array(select case when role = 0 then 'public' else pg_get_userbyid(role)::text end
      from unnest(pol.polroles) as role) as roles,
    pg_get_expr(pol.polqual, pol.polrelid) as using,
    pg_get_expr(pol.polwithcheck, pol.polrelid) as with_check
  from pg_policy pol join tables on tables.oid = pol.polrelid`;

export const VIEWS = `
  select schema, name, kind = 'm' as materialized, pg_get_viewdef(oid) as sql,
    coalesce(reloptions, '{}') as options
  from relations where kind in ('v', 'm')`;

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
  select extname as name from pg_extension where extname <> 'plpgsql'`;

/** Roles belong to the whole cluster. Names of Postgres's own roles start with `pg_`. */
export const ROLES = `
  select rolname as name, rolcreatedb as create_db, rolcreaterole as create_role,
    rolinherit as inherit
  from pg_roles where rolname !~ '^pg_'`;
