import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

export const publicGrant: DoctorCheck = {
  code: 'doctor/public-grant',
  group: 'security',
  finds: 'privileges of PUBLIC, which every role has, on tables and schemas',
  sql: () => `
  with ${OWN}
  select case when bool_or(privilege_type <> 'SELECT') then 'error' else 'warning' end as severity,
    format('%s.%s', schema, name) as object,
    format('every role has privileges on %s.%s.', schema, name) as message,
    'granted to PUBLIC: ' || string_agg(privilege_type, ', ' order by privilege_type) as evidence,
    format('run REVOKE ALL ON %I.%I FROM PUBLIC.', schema, name) as fix, null::text as probe
  from own, aclexplode(relacl) where grantee = 0 and kind <> 'S' group by schema, name
  union all
  select 'error', nspname, format('every role may create objects in the schema %s.', nspname),
    'granted to PUBLIC: CREATE', format('run REVOKE CREATE ON SCHEMA %I FROM PUBLIC.', nspname), null
  from pg_namespace, aclexplode(nspacl)
  where grantee = 0 and privilege_type = 'CREATE' and nspname !~ '^pg_'`,
};
