/**
 * Columns with their types. An array of an enum counts as an enum. A sequence that a column
 * owns belongs to a serial or an identity.
 */
export const COLUMNS = `
  select att.attrelid::text as table, att.attname as name, att.attnotnull as not_null,
    format_type(att.atttypid, att.atttypmod) as type,
    typ.typelem <> 0 and typ.typcategory = 'A' as is_array,
    base.typname as base, base_space.nspname as base_schema,
    exists (select from of_extensions
      where classid = 'pg_type'::regclass and objid = base.oid) as of_extension,
    (select json_agg(enumlabel order by enumsortorder)
      from pg_enum where enumtypid = base.oid) as values,
    (select collname from pg_collation
      where oid = att.attcollation and oid <> typ.typcollation) as collation,
    case when att.attgenerated = '' then pg_get_expr(def.adbin, def.adrelid) end as default,
    case when att.attgenerated <> '' then pg_get_expr(def.adbin, def.adrelid) end as expression,
    nullif(att.attgenerated, '') as generated, nullif(att.attidentity, '') as identity,
    to_json(owned) as sequence, col_description(att.attrelid, att.attnum) as doc
  from pg_attribute att
  join tables on tables.oid = att.attrelid
  join pg_type typ on typ.oid = att.atttypid
  join pg_type base on base.oid = case
    when typ.typelem <> 0 and typ.typcategory = 'A' then typ.typelem else typ.oid end
  join pg_namespace base_space on base_space.oid = base.typnamespace
  left join pg_attrdef def on def.adrelid = att.attrelid and def.adnum = att.attnum
  left join lateral (
    select seq.seqincrement::text as increment, seq.seqmin::text as min, seq.seqmax::text as max,
      seq.seqstart::text as start, seq.seqcache::text as cache, seq.seqcycle as cycle
    from pg_depend dep join pg_sequence seq on seq.seqrelid = dep.objid
    where dep.classid = 'pg_class'::regclass and dep.deptype in ('a', 'i')
      and dep.refclassid = 'pg_class'::regclass
      and dep.refobjid = att.attrelid and dep.refobjsubid = att.attnum
    limit 1
  ) as owned on true
  where att.attnum > 0 and not att.attisdropped
  order by att.attrelid, att.attnum`;
