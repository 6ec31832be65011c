import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

export const duplicateKey: DoctorCheck = {
  code: 'doctor/duplicate-key',
  group: 'integrity',
  finds: 'several rows with the same key of a unique index: the index is damaged or invalid',
  withoutIndexes: true,
  sql: ({ scanRows, deep }) => `
  with ${OWN}
  select 'error' as severity, format('%s.%s.%s', schema, name, relname) as object,
    format('%s.%s has rows with the same key of the unique index %s.', schema, name, relname) as message,
    null::text as evidence,
    format('remove the duplicates, then run REINDEX INDEX CONCURRENTLY %I.%I.', schema, relname) as fix,
    format('select case when count(*) > 0 then format(''%%s%%s keys of several rows'', least(count(*), 1000), case when count(*) > 1000 then ''+'' else '''' end) end from (select from %I.%I where %s group by %s having count(*) > 1 limit 1001) as keys',
      schema, name, concat_ws(' and ', 'true', pg_get_expr(indpred, indrelid),
        case when not indnullsnotdistinct then (select string_agg(format('(%s) is not null', key), ' and ') from unnest(keys) as key) end),
      array_to_string(keys, ', ')) as probe
  from (select *, array(select pg_get_indexdef(indexrelid, place, true)
      from generate_series(1, indnkeyatts) as place order by place) as keys from pg_index) as ind
  join pg_class on pg_class.oid = indexrelid join own on own.oid = indrelid
  where indisunique and indislive and not pg_class.relispartition
    and (${deep} or not indisvalid or own.kind = 'r' and own.estimated_rows <= ${scanRows})`,
};
