import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

export const rlsOff: DoctorCheck = {
  code: 'doctor/rls-off',
  group: 'security',
  finds:
    'a table without row-level security that a role may use, in a database that has it elsewhere',
  sql: () => `
  with ${OWN}
  select 'error' as severity, format('%s.%s', schema, name) as object,
    format('%s.%s has no row-level security, so %s may use all of its rows.', schema, name,
      string_agg(distinct grantee_name, ', ')) as message,
    'granted: ' || string_agg(distinct grantee_name || ' ' || privilege_type, ', ') as evidence,
    format('run ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY and write policies, or revoke the privileges.', schema, name) as fix,
    null::text as probe
  from own, lateral (select privilege_type, grantee,
      case when grantee = 0 then 'PUBLIC' else pg_get_userbyid(grantee)::text end as grantee_name
    from aclexplode(relacl) where grantee <> relowner) as granted
  left join pg_roles on pg_roles.oid = granted.grantee
  where kind in ('r', 'p') and not relrowsecurity and not relispartition
    and privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    -- Roles that policies name: others, such as that of a backup, are outside of row-level security.
    and (granted.grantee = 0 or granted.grantee in (select unnest(polroles) from pg_policy)
      and not rolsuper and not rolbypassrls)
    and exists (select from own other where other.relrowsecurity)
  group by schema, name`,
};
