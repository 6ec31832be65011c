import type { DoctorCheck } from '../doctor-check.ts';

export const bypassingMember: DoctorCheck = {
  code: 'doctor/bypassing-member',
  group: 'security',
  finds: 'a role with policies that can become a role to which no policy applies',
  sql: () => `
  select 'error' as severity, own.rolname::text as object,
    format('%s is subject to policies, but can become %s, which is not.', own.rolname, string_agg(other.rolname, ', ')) as message,
    'member of: ' || string_agg(format('%s (%s)', other.rolname,
      case when other.rolsuper then 'superuser' else 'BYPASSRLS' end), ', ') as evidence,
    format('run REVOKE %I FROM %I.', min(other.rolname), own.rolname) as fix, null::text as probe
  from pg_roles own join pg_roles other on other.oid <> own.oid and (other.rolsuper or other.rolbypassrls)
    and pg_has_role(own.oid, other.oid, 'member')
  where not own.rolsuper and not own.rolbypassrls
    and own.oid in (select unnest(polroles) from pg_policy)
  group by own.rolname`,
};
