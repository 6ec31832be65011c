import { sql } from 'drizzle-orm';
import type { RequestStatus } from '../tables/package-requests.ts';
import type { Registry } from '../tables/registry.ts';
import { ask, type QueueDatabase } from './queue-database.ts';

/** State of one registry in the queue. Times are in seconds. */
export interface RegistryState {
  readonly registry: Registry;
  /** Requests that can be claimed now. */
  readonly due: number;
  /** Requests that wait for a retry after a failed attempt. */
  readonly later: number;
  readonly fetching: number;
  /** Fetching requests with an expired lease. */
  readonly expired: number;
  /** Age of the oldest due request. */
  readonly oldest: number | null;
  /** Requests that ended within the last hour and were created within the last day. */
  readonly lastHour: Readonly<Record<Exclude<RequestStatus, 'pending' | 'fetching'>, number>>;
}

/**
 * The state of the queue for display. One query, which only reads active requests and those of the
 * last day.
 */
export async function queueState(db: QueueDatabase): Promise<readonly RegistryState[]> {
  return ask<readonly RegistryState[]>(
    db,
    sql`with active as (
      select registry,
        count(*) filter (where status = 'pending' and run_at <= statement_timestamp()) as due,
        count(*) filter (where status = 'pending' and run_at > statement_timestamp()) as later,
        count(*) filter (where status = 'fetching') as fetching,
        count(*) filter (where status = 'fetching' and locked_until <= statement_timestamp()) as expired,
        round(extract(epoch from statement_timestamp() - min(created_at) filter (where status = 'pending' and run_at <= statement_timestamp()))) as oldest
      from public.package_requests where is_active group by registry
    ), ended as (
      select registry,
        count(*) filter (where status = 'completed') as completed,
        count(*) filter (where status = 'failed') as failed,
        count(*) filter (where status = 'cancelled') as cancelled
      from public.package_requests
      where not is_active and is_auto_queued in (true, false)
        and created_at > statement_timestamp() - interval '1 day' and updated_at > statement_timestamp() - interval '1 hour'
      group by registry
    )
    select coalesce(json_agg(json_build_object('registry', registry,
      'due', coalesce(due, 0), 'later', coalesce(later, 0),
      'fetching', coalesce(fetching, 0), 'expired', coalesce(expired, 0), 'oldest', oldest,
      'lastHour', json_build_object('completed', coalesce(completed, 0),
        'failed', coalesce(failed, 0), 'cancelled', coalesce(cancelled, 0))
    ) order by registry), '[]')::text as answer
    from active full join ended using (registry)`,
  );
}
