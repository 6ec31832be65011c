import type { DoctorCheck } from '../doctor-check.ts';

export const trustedLogin: DoctorCheck = {
  code: 'doctor/trusted-login',
  group: 'security',
  finds: 'addresses in pg_hba.conf that need no password, or send it unencrypted',
  serverOnly: true,
  sql: ({ localNetworks }) => `
  select 'error' as severity, null::text as object,
    case auth_method when 'trust' then format('connections from %s need no password.', address)
      else format('connections from %s send their password in clear text.', address) end as message,
    format('pg_hba.conf line %s: %s %s %s %s %s', line_number, type, array_to_string(database, ','),
      array_to_string(user_name, ','), concat_ws('/', address, netmask), auth_method) as evidence,
    'use hostssl with scram-sha-256 in that line, then run SELECT pg_reload_conf().' as fix, null::text as probe
  from pg_hba_file_rules
  where error is null and type in ('host', 'hostnossl') and auth_method in ('trust', 'password')
    and coalesce(address, '') not in ('localhost', 'samehost')
    and not coalesce(case when address ~ '^[0-9a-fA-F.:]+$' then exists (
      select from unnest(array[${localNetworks.map((one) => `'${one}'`).join(', ')}]::inet[]) as network
      where address::inet <<= network) end, false)`,
};
