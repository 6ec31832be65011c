import type { DoctorCheck } from '../doctor-check.ts';

export const lockWait: DoctorCheck = {
  code: 'doctor/lock-wait',
  group: 'health',
  finds: 'a session that waits long for a lock, and who holds it',
  serverOnly: true,
  sql: ({ lockSeconds }) => `
  select 'warning' as severity,
    coalesce((select format('%s.%s', nspname, relname) from pg_class
      join pg_namespace space on space.oid = relnamespace where pg_class.oid = relation), locktype) as object,
    format('process %s has been waiting for a lock for %s.', pid, date_trunc('second', clock_timestamp() - waitstart)) as message,
    format('mode %s of a lock on a %s; blocked by process %s', mode, locktype,
      array_to_string(pg_blocking_pids(pid), ', ')) as evidence,
    format('end the transaction that holds it: SELECT pg_terminate_backend(pid) for process %s.',
      array_to_string(pg_blocking_pids(pid), ', ')) as fix,
    null::text as probe
  from pg_locks where not granted and waitstart < clock_timestamp() - ${lockSeconds} * interval '1 second'
    and (database is null or database = 0 or database = (select oid from pg_database where datname = current_database()))`,
};
