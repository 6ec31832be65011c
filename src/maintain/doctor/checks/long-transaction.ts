import type { DoctorCheck } from '../doctor-check.ts';
import { hiddenStatistics } from '../own-relations.ts';

export const longTransaction: DoctorCheck = {
  code: 'doctor/long-transaction',
  group: 'health',
  finds: 'a transaction that is open or idle for long, also a prepared one',
  serverOnly: true,
  sql: ({ transactionSeconds, idleSeconds }) => `
  select case when open > ${10 * transactionSeconds} * interval '1 second' then 'error' else 'warning' end as severity,
    format('pid %s', pid) as object,
    case when state like 'idle%' then format('a session has been idle in a transaction for %s.', date_trunc('second', idle))
      else format('a transaction has been running for %s.', date_trunc('second', open)) end as message,
    format('pid %s, user %s, application %s, state %s, started %s', pid, usename,
      coalesce(nullif(application_name, ''), 'without a name'), state, xact_start) as evidence,
    format('it keeps dead rows and locks: end it with SELECT pg_terminate_backend(%s), and set idle_in_transaction_session_timeout.', pid) as fix,
    null::text as probe
  from (select *, clock_timestamp() - xact_start as open, clock_timestamp() - state_change as idle
    from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and backend_type = 'client backend' and application_name not like 'garden maintain%') as sessions
  where open > ${transactionSeconds} * interval '1 second'
    or state like 'idle in transaction%' and idle > ${idleSeconds} * interval '1 second'
  union all
  select 'error', gid, format('a prepared transaction has been open since %s.', prepared),
    format('pg_prepared_xacts: gid %s, owner %s', gid, owner),
    format('run COMMIT PREPARED %L or ROLLBACK PREPARED %L.', gid, gid), null
  from pg_prepared_xacts where database = current_database()
    and prepared < clock_timestamp() - ${transactionSeconds} * interval '1 second'
  union all ${hiddenStatistics('the transactions')}`,
};
