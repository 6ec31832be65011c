import { sql } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { readDatabaseError } from '../../../postgres/database-error.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import { ProblemError } from '../../../report/problem.ts';
import type { NewServerRequest } from '../tables/server-requests.ts';
import { unnestRows, type RowColumn } from './unnest-rows.ts';

/** A request to log. The organization is that of the server. */
export type LoggedRequest = Omit<NewServerRequest, 'tenantId'>;

const COLUMNS: readonly RowColumn<LoggedRequest>[] = [
  ['id', 'id', 'uuid'],
  ['serverId', 'server_id', 'uuid'],
  ['userId', 'user_id', 'uuid'],
  ['method', 'method', 'text'],
  ['toolName', 'tool_name', 'text'],
  ['statusCode', 'status_code', 'integer'],
  ['responseTime', 'response_time', 'integer'],
  ['createdAt', 'created_at', 'timestamptz'],
];

/**
 * Logs requests in one statement, as the role gateway_backend or as the server. Returns the number
 * of new rows: a request that is logged already, and one to a server that is gone, are left out. So
 * a batch whose answer was lost may be sent again.
 */
export async function logRequests(
  db: AnyDatabase,
  requests: readonly LoggedRequest[],
): Promise<number> {
  if (requests.length === 0) return 0;
  const { names, table } = unnestRows(COLUMNS, requests);
  const statement = sql`with written as (
    insert into server_requests (${names}, tenant_id)
    select r.*, s.tenant_id from ${table} join mcp_servers s on s.id = r.server_id
    on conflict do nothing returning id)
    select count(*)::integer as count from written`;
  try {
    const [row] = await rowsOf<{ readonly count: number }>(db, statement);
    return row?.count ?? 0;
  } catch (error) {
    throw noPartition(error, requests) ?? error;
  }
}

function noPartition(error: unknown, requests: readonly LoggedRequest[]): ProblemError | undefined {
  // Drizzle wraps the errors of drivers.
  const found = readDatabaseError(error instanceof Error ? (error.cause ?? error) : error);
  if (found?.code !== '23514' || !found.message.startsWith('no partition')) return undefined;
  // Postgres does not tell the time to a role that is subject to the policies.
  const times = requests.map(({ createdAt }) => createdAt.toISOString()).toSorted();
  return new ProblemError({
    code: 'gateway/no-partition',
    message: 'server_requests has no partition for the time of a request, so no row was written.',
    context: [`the times are from ${times[0]} to ${times.at(-1)}`],
    fix: "run makePartitions(sql, 'public.server_requests') daily, and send the time of the request.",
  });
}
