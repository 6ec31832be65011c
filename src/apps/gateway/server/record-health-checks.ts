import { sql } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import type { NewServerHealthCheck } from '../tables/server-health-checks.ts';
import { unnestRows, type RowColumn } from './unnest-rows.ts';

const COLUMNS: readonly RowColumn<NewServerHealthCheck>[] = [
  ['id', 'id', 'uuid'],
  ['serverId', 'server_id', 'uuid'],
  ['status', 'status', 'text'],
  ['statusCode', 'status_code', 'integer'],
  ['responseTime', 'response_time', 'integer'],
  ['error', 'error', 'text'],
  ['checkedAt', 'checked_at', 'timestamptz'],
];

/**
 * Adds health checks to the history, and sets `last_health_check` of their servers, in one
 * statement. Checks of servers that are gone, and those that exist, are left out. Returns the number
 * of new rows. Run it as the role gateway_backend or as the server.
 */
export async function recordHealthChecks(
  db: AnyDatabase,
  checks: readonly NewServerHealthCheck[],
): Promise<number> {
  if (checks.length === 0) return 0;
  const { names, table } = unnestRows(COLUMNS, checks);
  // The locks are taken in the order of the ids, so that two writers never wait for each other.
  const [row] = await rowsOf<{ readonly count: number }>(
    db,
    sql`with r as materialized (select * from ${table}),
    locked as materialized (
      select s.id from mcp_servers s where s.id in (select server_id from r) order by s.id for update),
    touched as (
      update mcp_servers s set last_health_check = greatest(s.last_health_check, last.at)
      from locked join (select server_id, max(checked_at) as at from r group by server_id) last
        on last.server_id = locked.id
      where s.id = locked.id returning s.id),
    written as (
      insert into server_health_checks (${names})
      select r.* from r join locked on locked.id = r.server_id
      on conflict do nothing returning id)
    select count(*)::integer as count from written`,
  );
  return row?.count ?? 0;
}
