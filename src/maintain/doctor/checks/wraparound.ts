import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

export const wraparound: DoctorCheck = {
  code: 'doctor/wraparound',
  group: 'health',
  finds: 'a database or a table whose old rows are not frozen, so that transaction ids run out',
  sql: ({ transactionAge }) => `
  with ${OWN}, aged as (
    select datname::text as object, age(datfrozenxid) as age, mxid_age(datminmxid) as members,
      'VACUUM (FREEZE)' as command
    from pg_database where datallowconn
    union all
    select format('%s.%s', schema, name), age(relfrozenxid), 0, format('VACUUM (FREEZE) %I.%I', schema, name)
    from own where kind in ('r', 'm') and relfrozenxid <> 0
  )
  select case when greatest(age, members) > 1.5 * ${transactionAge} then 'error' else 'warning' end as severity, object,
    format('%s has rows that %s transactions have passed since; at two billion, the server refuses writes.',
      object, to_char(greatest(age, members), 'FM999,999,999,999')) as message,
    format('age of the oldest transaction: %s; of the oldest multixact: %s', age, members) as evidence,
    format('run %s, and find out why autovacuum does not: a long transaction, a slot, or autovacuum = off.', command) as fix,
    null::text as probe
  from aged where greatest(age, members) > ${transactionAge} order by greatest(age, members) desc limit 20`,
};
