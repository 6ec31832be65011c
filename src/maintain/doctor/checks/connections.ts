import type { DoctorCheck } from '../doctor-check.ts';

export const connections: DoctorCheck = {
  code: 'doctor/connections',
  group: 'health',
  finds: 'most of the connections that the server allows are in use',
  serverOnly: true,
  sql: ({ connections: share }) => `
  select case when used >= 0.95 * allowed then 'error' else 'warning' end as severity,
    null::text as object,
    format('%s of %s connections are in use.', used, allowed) as message,
    format('pg_stat_database: %s backends; max_connections: %s', used, allowed) as evidence,
    'put a pooler such as pgbouncer in front of the server, or close idle connections.' as fix,
    null::text as probe
  from (select sum(numbackends) as used, current_setting('max_connections')::int as allowed
    from pg_stat_database) as server
  where used >= ${share} * allowed`,
};
