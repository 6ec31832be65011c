import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

export const sequentialScans: DoctorCheck = {
  code: 'doctor/sequential-scans',
  group: 'indexes',
  finds: 'a table that queries read from beginning to end, because an index is missing',
  sql: ({ scannedRows, scans }) => `
  with ${OWN}
  select 'warning' as severity, format('%s.%s', schema, name) as object,
    format('queries read all of %s.%s again and again.', schema, name) as message,
    format('sequential scans: %s, of %s rows each; index scans: %s', seq_scan, seq_tup_read / seq_scan, coalesce(idx_scan, 0)) as evidence,
    'find the query with pg_stat_statements or garden explain, and add an index for its conditions.' as fix,
    null::text as probe
  from pg_stat_all_tables join own on own.oid = relid
  where seq_scan >= ${scans} and seq_tup_read / seq_scan >= ${scannedRows}
    and n_live_tup >= ${scannedRows} and seq_scan > coalesce(idx_scan, 0)`,
};
