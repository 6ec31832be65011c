import type { Sql } from 'postgres';
import { newId } from '../../../src/kit/index.ts';

/** A queue to compare, from the view of its database. */
export interface Contestant {
  readonly name: 'ours' | 'graphile-worker' | 'pg-boss';
  /**
   * The table of its jobs. It is locked while workers start, so that all start at the same moment.
   */
  readonly table: string;
  /** Empties the queue and fills it with jobs. */
  load(sql: Sql, jobs: number): Promise<void>;
  /** SQL that selects whether a job has not ended. */
  readonly left: string;
}

export const contestants: readonly Contestant[] = [
  {
    name: 'ours',
    table: 'public.package_requests',
    async load(sql, jobs) {
      await sql`truncate package_requests cascade`;
      const ids = `{${Array.from({ length: jobs }, () => newId()).join()}}`;
      await sql`insert into package_requests (id, package_name, registry, is_auto_queued, depth,
          priority, status, attempt_count, run_at, created_at, updated_at)
        select id, 'package-' || n, 'npm', true, 0, 10, 'pending', 0, now(), now(), now()
        from unnest(${ids}::text::uuid[]) with ordinality as u (id, n)`;
    },
    left: 'select exists (select from package_requests where is_active) as left',
  },
  {
    name: 'graphile-worker',
    table: 'graphile_worker._private_jobs',
    async load(sql, jobs) {
      await sql`truncate graphile_worker._private_jobs`;
      await sql`select count(*) from graphile_worker.add_jobs((
        select array_agg((
          'job', json_build_object('name', 'package-' || n), null, null, null, null, null, null
        )::graphile_worker.job_spec) from generate_series(1, ${jobs}::int) n))`;
    },
    left: 'select exists (select from graphile_worker._private_jobs) as left',
  },
  {
    name: 'pg-boss',
    table: 'pgboss.job_common',
    async load(sql, jobs) {
      await sql`truncate pgboss.job_common`;
      await sql`insert into pgboss.job_common (name, data, policy)
        select 'job', json_build_object('name', 'package-' || n), 'standard'
        from generate_series(1, ${jobs}::int) n`;
    },
    left: "select exists (select from pgboss.job_common where state < 'completed') as left",
  },
];
