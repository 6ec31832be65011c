import type { DoctorCheck } from '../doctor-check.ts';

export const weakPassword: DoctorCheck = {
  code: 'doctor/weak-password',
  group: 'security',
  finds: 'passwords that are stored as MD5',
  sql: () => `
  select 'error' as severity, null::text as object, 'new passwords are stored as MD5.' as message,
    'password_encryption: ' || current_setting('password_encryption') as evidence,
    'run ALTER SYSTEM SET password_encryption = ''scram-sha-256'', then SELECT pg_reload_conf().' as fix, null::text as probe
  where current_setting('password_encryption') like 'md5%' or current_setting('password_encryption') = 'on'
  union all
  select 'error', rolname::text, format('the password of %s is stored as MD5.', rolname),
    'pg_authid.rolpassword: md5…', format('set it again: \\password %s in psql.', rolname), null
  from pg_authid where rolcanlogin and rolpassword like 'md5%'`,
};
