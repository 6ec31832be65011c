import type { DoctorCheck } from '../doctor-check.ts';

export const replicationSlot: DoctorCheck = {
  code: 'doctor/replication-slot',
  group: 'health',
  finds: 'a replication slot that nothing reads, that lost WAL, or whose consumer is far behind',
  serverOnly: true,
  sql: ({ lagBytes }) => `
  select case when wal_status in ('lost', 'unreserved') or kept > 10 * ${lagBytes}::numeric
      then 'error' else 'warning' end as severity,
    slot_name::text as object,
    case when wal_status = 'lost' then format('the replication slot %s lost WAL that its consumer needs.', slot_name)
      when not active then format('nothing reads the replication slot %s, so the server keeps WAL for it.', slot_name)
      else format('the consumer of the replication slot %s is %s behind.', slot_name, pg_size_pretty(behind)) end as message,
    format('active: %s; wal_status: %s; kept WAL: %s; not confirmed: %s', active, wal_status,
      pg_size_pretty(kept), pg_size_pretty(behind)) as evidence,
    format('start its consumer, such as zero-cache; if it is gone for good, run SELECT pg_drop_replication_slot(%L).', slot_name) as fix,
    null::text as probe
  from (select slot_name, active, wal_status, pg_wal_lsn_diff(here, restart_lsn) as kept,
      pg_wal_lsn_diff(here, confirmed_flush_lsn) as behind
    from pg_replication_slots,
      (select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end as here) as wal
    where database is null or database = current_database()) as slots
  where not active or wal_status in ('lost', 'unreserved') or behind > ${lagBytes}`,
};
