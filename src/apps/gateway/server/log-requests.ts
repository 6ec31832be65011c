import { sql, type SQL } from 'drizzle-orm';
import { isKind } from '../../../postgres/is-kind.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { changedRows } from '../../../postgres/changed-rows.ts';
import { readDatabaseError, type DatabaseError } from '../../../postgres/database-error.ts';
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
  const insert = sql`insert into server_requests (${names}, tenant_id)
    select r.*, s.tenant_id from ${table} join mcp_servers s on s.id = r.server_id`;
  try {
    return await insertNew(db, insert);
  } catch (error) {
    throw noPartition(error, requests) ?? error;
  }
}

/** ON CONFLICT takes a fifth of the time of an insert, and hardly any batch needs it. */
async function insertNew(db: AnyDatabase, insert: SQL): Promise<number> {
  try {
    // In a transaction of the caller, a savepoint lets the next statement run.
    if (isKind(db, 'PgTransaction')) return await db.transaction((tx) => changedRows(tx, insert));
    return await changedRows(db, insert);
  } catch (error) {
    if (databaseError(error)?.code !== UNIQUE_VIOLATION) throw error;
    return changedRows(db, sql`${insert} on conflict do nothing`);
  }
}

const UNIQUE_VIOLATION = '23505';

/** Drizzle wraps the errors of drivers. */
const databaseError = (error: unknown): DatabaseError | undefined =>
  readDatabaseError(error instanceof Error ? (error.cause ?? error) : error);

function noPartition(error: unknown, requests: readonly LoggedRequest[]): ProblemError | undefined {
  const found = databaseError(error);
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
