import type { DoctorCheck } from '../doctor-check.ts';

export const publicDefiner: DoctorCheck = {
  code: 'doctor/public-definer',
  group: 'security',
  finds: 'a SECURITY DEFINER function that every role may call',
  sql: () => `
  select case when rolsuper or rolbypassrls then 'error' else 'warning' end as severity,
    format('%s.%s', nspname, proname) as object,
    format('every role may call %s.%s, which runs as %s.', nspname, proname, rolname) as message,
    format('prosecdef: true; owner: %s%s; EXECUTE granted to PUBLIC', rolname,
      case when rolsuper then ' (superuser)' when rolbypassrls then ' (BYPASSRLS)' else '' end) as evidence,
    format('run REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, and grant it to the roles that need it.', pro.oid::regprocedure) as fix,
    null::text as probe
  from pg_proc pro join pg_namespace space on space.oid = pronamespace join pg_roles own on own.oid = proowner
  where prosecdef and nspname !~ '^pg_' and nspname <> 'information_schema'
    and prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    and exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner)))
      where grantee = 0 and privilege_type = 'EXECUTE')
    and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = pro.oid and deptype = 'e')`,
};
