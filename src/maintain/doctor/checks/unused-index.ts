import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

export const unusedIndex: DoctorCheck = {
  code: 'doctor/unused-index',
  group: 'indexes',
  finds: 'a large index that no query has used, although the table is read',
  sql: ({ indexBytes, tableReads }) => `
  with ${OWN}
  select 'warning' as severity, format('%s.%s.%s', schema, name, rel.relname) as object,
    format('no query has used the index %s of %s.%s.', rel.relname, schema, name) as message,
    format('size: %s; scans: 0; reads of the table: %s; statistics since %s', pg_size_pretty(pg_relation_size(indexrelid)),
      coalesce(seq_scan, 0) + coalesce(tab.idx_scan, 0),
      coalesce((select stats_reset::text from pg_stat_database where datname = current_database()), 'the start of the database')) as evidence,
    format('if no standby uses it either, run DROP INDEX CONCURRENTLY %I.%I.', schema, rel.relname) as fix,
    null::text as probe
  from pg_index ind join own on own.oid = indrelid join pg_class rel on rel.oid = indexrelid
  join pg_stat_all_indexes stat using (indexrelid) join pg_stat_all_tables tab on tab.relid = indrelid
  where stat.idx_scan = 0 and not indisunique and indisvalid
    and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
    -- Deletions in the referenced table need it.
    and not exists (select from pg_constraint where contype = 'f' and conrelid = indrelid
      and (string_to_array(indkey::text, ' ')::int2[])[1:array_length(conkey, 1)] @> conkey)
    and pg_relation_size(indexrelid) >= ${indexBytes}
    and coalesce(seq_scan, 0) + coalesce(tab.idx_scan, 0) >= ${tableReads}`,
};
