import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

export const sequence: DoctorCheck = {
  code: 'doctor/sequence',
  group: 'integrity',
  finds: 'a sequence that is nearly used up, or whose next value exists already',
  sql: ({ sequenceUse }) => `
  with ${OWN}, used as (
    select own.oid, own.schema, own.name, seqmax, seqincrement, seqcycle,
      case own.kind when 'S' then pg_sequence_last_value(own.oid::regclass) end as last,
      owner.oid is not null as is_owned, owner.schema as table_schema, owner.name as table_name, attname,
      case atttypid when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647
        else 9223372036854775807 end as column_max
    from own join pg_sequence on seqrelid = own.oid
    left join pg_depend dep on dep.classid = 'pg_class'::regclass and dep.objid = own.oid
      and dep.refclassid = 'pg_class'::regclass and dep.refobjsubid > 0 and dep.deptype in ('a', 'i')
    left join own owner on owner.oid = dep.refobjid
    left join pg_attribute on attrelid = dep.refobjid and attnum = dep.refobjsubid
    -- CASE, because AND may call a function for a table first, which fails.
    where case own.kind when 'S' then has_sequence_privilege(own.oid, 'USAGE, SELECT') end
  )
  select case when last > 0.95 * least(seqmax, column_max) then 'error' else 'warning' end as severity,
    format('%s.%s', schema, name) as object,
    format('%s %% of the values of the sequence %s.%s are used.', round(100.0 * last / least(seqmax, column_max), 1), schema, name) as message,
    format('last value: %s; largest value: %s', last, least(seqmax, column_max)) as evidence,
    'change the column and its sequence to bigint.' as fix, null::text as probe
  from used where seqincrement > 0 and not seqcycle and last > ${sequenceUse} * least(seqmax, column_max)
  union all
  select 'error', format('%s.%s', schema, name),
    format('the next value of the sequence %s.%s exists in %s.%s.', schema, name, table_name, attname), null,
    format('run SELECT setval(%L, (SELECT max(%I) FROM %I.%I)).', format('%I.%I', schema, name), attname, table_schema, table_name),
    format('select case when max(%1$I) >= %2$s then format(''next value: %2$s; largest %1$s: %%s'', max(%1$I)) end from %3$I.%4$I',
      attname, coalesce(last + seqincrement, (select seqstart from pg_sequence where seqrelid = used.oid)), table_schema, table_name)
  from used where is_owned and seqincrement > 0
    and exists (select from pg_index, pg_attribute where indrelid = format('%I.%I', table_schema, table_name)::regclass
      and attrelid = indrelid and pg_attribute.attname = used.attname and indkey[0] = attnum and indisvalid)
  union all
  select 'unknown', null, format('the sequence %s.%s: the login role may not read it', schema, name), null, null, null
  from own where case kind when 'S' then not has_sequence_privilege(oid, 'USAGE, SELECT') end`,
};
