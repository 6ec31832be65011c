import type { DoctorCheck } from '../doctor-check.ts';
import { hiddenStatistics } from '../own-relations.ts';

export const tls: DoctorCheck = {
  code: 'doctor/tls',
  group: 'security',
  finds: 'connections from other machines without TLS',
  serverOnly: true,
  sql: ({ localNetworks }) => `
  select 'error' as severity, null::text as object,
    format('%s connections of %s from %s are not encrypted.', count(*), usename, host(client_addr)) as message,
    format('pg_stat_ssl: ssl false; the setting ssl: %s', current_setting('ssl')) as evidence,
    case current_setting('ssl') when 'on' then 'add sslmode=verify-full to the database URL, and use hostssl in pg_hba.conf.'
      else 'set ssl = on with a certificate in postgresql.conf, and add sslmode=verify-full to the database URL.' end as fix,
    null::text as probe
  from pg_stat_ssl join pg_stat_activity using (pid)
  where not ssl and client_addr is not null and datname = current_database()
    and not exists (select from unnest(array[${localNetworks.map((one) => `'${one}'`).join(', ')}]::inet[]) as network
      where client_addr <<= network)
  group by usename, client_addr
  union all ${hiddenStatistics('the connections')}`,
};
