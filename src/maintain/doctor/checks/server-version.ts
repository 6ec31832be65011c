import type { DoctorCheck } from '../doctor-check.ts';

/** From https://www.postgresql.org/support/versioning/. */
const ENDS: readonly (readonly [major: number, day: string])[] = [
  [15, '2027-11-11'],
  [16, '2028-11-09'],
  [17, '2029-11-08'],
  [18, '2030-11-14'],
];

export const serverVersion: DoctorCheck = {
  code: 'doctor/server-version',
  group: 'health',
  finds: 'a major version of Postgres that is no longer supported, or soon will not be',
  sql: ({ supportDays }) => `
  select case when last < current_date then 'error' else 'warning' end as severity,
    null::text as object,
    format('Postgres %s gets security fixes only until %s.', major, last) as message,
    'server_version: ' || current_setting('server_version') as evidence,
    'plan an upgrade to a newer major version with pg_upgrade or logical replication.' as fix,
    null::text as probe
  from (values ${ENDS.map(([major, day]) => `(${major}, date '${day}')`).join(', ')}) as ends (major, last)
  where major = current_setting('server_version_num')::int / 10000
    and last < current_date + ${supportDays}`,
};
