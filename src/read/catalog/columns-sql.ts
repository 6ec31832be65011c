/**
 * Columns with their types. An array of an enum counts as an enum. A sequence that a column
 * owns belongs to a serial or an identity.
 */
export const COLUMNS = `
  select att.attrelid::text as table, att.attname as name, att.attnotnull as not_null,
    format_type(att.atttypid, att.atttypmod) as type,
    typ.typelem <> 0 and typ.typcategory = 'A' as is_array,
    base.typname as base, base_space.nspname as base_schema,
    base.oid in (select objid from of_extensions
      where classid = 'pg_type'::regclass) as of_extension,
    case when base.typtype = 'e' then (select json_agg(enumlabel order by enumsortorder)
      from pg_enum where enumtypid = base.oid) end as values,
    case when att.attcollation <> typ.typcollation then (select collname from pg_collation
      where oid = att.attcollation) end as collation,
    case when att.attgenerated = '' then pg_get_expr(def.adbin, def.adrelid) end as default,
    case when att.attgenerated <> '' then pg_get_expr(def.adbin, def.adrelid) end as expression,
    nullif(att.attgenerated, '') as generated, nullif(att.attidentity, '') as identity,
    owned.options as sequence, comment.description as doc
  from pg_attribute att
  join tables on tables.oid = att.attrelid
  join pg_type typ on typ.oid = att.atttypid
  join pg_type base on base.oid = case
    when typ.typelem <> 0 and typ.typcategory = 'A' then typ.typelem else typ.oid end
  join pg_namespace base_space on base_space.oid = base.typnamespace
  left join pg_attrdef def on def.adrelid = att.attrelid and def.adnum = att.attnum
  left join pg_description comment on comment.classoid = 'pg_class'::regclass
    and comment.objoid = att.attrelid and comment.objsubid = att.attnum
  left join (
    select distinct on (dep.refobjid, dep.refobjsubid)
      dep.refobjid, dep.refobjsubid, json_build_object('increment', seq.seqincrement::text,
        'min', seq.seqmin::text, 'max', seq.seqmax::text, 'start', seq.seqstart::text,
        'cache', seq.seqcache::text, 'cycle', seq.seqcycle) as options
    from pg_sequence seq join pg_depend dep on dep.objid = seq.seqrelid
    where dep.classid = 'pg_class'::regclass and dep.deptype in ('a', 'i')
      and dep.refclassid = 'pg_class'::regclass and dep.refobjsubid > 0
  ) as owned on owned.refobjid = att.attrelid and owned.refobjsubid = att.attnum
  where att.attnum > 0 and not att.attisdropped
  order by att.attrelid, att.attnum`;
