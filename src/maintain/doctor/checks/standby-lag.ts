import type { DoctorCheck } from '../doctor-check.ts';
import { hiddenStatistics } from '../own-relations.ts';

export const standbyLag: DoctorCheck = {
  code: 'doctor/standby-lag',
  group: 'health',
  finds: 'a standby or a subscriber that is behind in time',
  serverOnly: true,
  sql: ({ lagSeconds }) => `
  select 'warning' as severity, application_name as object,
    format('%s replays changes %s after they were made.', application_name, date_trunc('second', replay_lag)) as message,
    format('pg_stat_replication: state %s, replay_lag %s', state, replay_lag) as evidence,
    'check the load and the network of that server.' as fix, null::text as probe
  from pg_stat_replication where replay_lag > ${lagSeconds} * interval '1 second'
  union all ${hiddenStatistics('the delay of standbys')}`,
};
