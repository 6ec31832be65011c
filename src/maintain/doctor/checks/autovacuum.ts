import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

export const autovacuum: DoctorCheck = {
  code: 'doctor/autovacuum',
  group: 'health',
  finds: 'autovacuum that is off, or does not keep up with a table',
  serverOnly: true,
  sql: ({ staleRows }) => `
  with ${OWN}
  select 'error' as severity, null::text as object, format('the setting %s is off.', name) as message,
    format('%s: %s', name, setting) as evidence,
    format('run ALTER SYSTEM SET %s = on, then SELECT pg_reload_conf().', name) as fix, null::text as probe
  from pg_settings where name in ('autovacuum', 'track_counts') and setting = 'off'
  union all
  select 'warning', format('%s.%s', schema, name), format('autovacuum is off for %s.%s.', schema, name),
    array_to_string(reloptions, ', '),
    format('run ALTER TABLE %I.%I RESET (autovacuum_enabled).', schema, name), null
  from own where exists (select from unnest(reloptions) as option where option ~ '^autovacuum_enabled=(false|off|0|no)')
  union all
  select 'warning', format('%s.%s', schema, name),
    case when n_dead_tup > ${staleRows} and n_dead_tup > 2 * (50 + 0.2 * greatest(reltuples, 0))
      then format('%s.%s has %s dead rows that were not removed.', schema, name, n_dead_tup)
      else format('%s rows of %s.%s changed since its statistics were made.', n_mod_since_analyze, schema, name) end,
    format('live rows: %s; dead rows: %s; changed since ANALYZE: %s; last vacuum: %s; last analyze: %s', n_live_tup,
      n_dead_tup, n_mod_since_analyze, coalesce(greatest(last_vacuum, last_autovacuum)::text, 'never'),
      coalesce(greatest(last_analyze, last_autoanalyze)::text, 'never')),
    format('run VACUUM (ANALYZE) %I.%I; if it comes back, lower autovacuum_vacuum_scale_factor of the table.', schema, name), null
  from pg_stat_all_tables join own on own.oid = relid
  where n_dead_tup > ${staleRows} and n_dead_tup > 2 * (50 + 0.2 * greatest(reltuples, 0))
    or n_mod_since_analyze > ${staleRows} and n_mod_since_analyze > 2 * (50 + 0.1 * greatest(reltuples, 0))`,
};
