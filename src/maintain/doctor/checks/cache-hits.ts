import type { DoctorCheck } from '../doctor-check.ts';

export const cacheHits: DoctorCheck = {
  code: 'doctor/cache-hits',
  group: 'health',
  finds: 'too many reads that are not served from memory',
  serverOnly: true,
  sql: ({ cacheHits: share, cacheReads }) => `
  select 'warning' as severity, datname::text as object,
    format('only %s %% of the blocks were read from shared_buffers.', round(100 * hits, 1)) as message,
    format('blks_hit: %s; blks_read: %s; shared_buffers: %s', blks_hit, blks_read, current_setting('shared_buffers')) as evidence,
    'raise shared_buffers to a quarter of the memory, and look for queries that read whole tables (pg_stat_statements).' as fix,
    null::text as probe
  from (select *, blks_hit::numeric / nullif(blks_hit + blks_read, 0) as hits from pg_stat_database
    where datname = current_database()) as here
  where blks_read >= ${cacheReads} and hits < ${share}`,
};
