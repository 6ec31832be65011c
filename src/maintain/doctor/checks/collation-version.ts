import type { DoctorCheck } from '../doctor-check.ts';

export const collationVersion: DoctorCheck = {
  code: 'doctor/collation-version',
  group: 'integrity',
  finds: 'a collation library that changed, so that indexes may be in the wrong order',
  sql: () => `
  select 'error' as severity, datname::text as object,
    'the indexes of texts may be in the wrong order, because the collation library changed.' as message,
    format('version when the database was made: %s; now: %s', datcollversion, actual) as evidence,
    format('run REINDEX DATABASE CONCURRENTLY %I, then ALTER DATABASE %I REFRESH COLLATION VERSION.', datname, datname) as fix,
    null::text as probe
  from (select *, pg_database_collation_actual_version(oid) as actual from pg_database) as databases
  where datname = current_database() and datcollversion <> actual`,
};
