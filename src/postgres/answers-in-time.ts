import type postgres from 'postgres';
import { connectionProblem } from './connection-problem.ts';
import { inTime } from './in-time.ts';

/**
 * Waits for the first response of a server. The driver alone would retry forever if
 * something accepts connections and closes them, such as a proxy without its server: the
 * driver's timeout restarts with each attempt.
 */
export async function answersInTime(
  sql: Pick<postgres.Sql, 'unsafe'>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
  // A connection that is ended before it has a socket would still open the socket, and keep the
  // process alive.
  signal?.throwIfAborted();
  try {
    await inTime(
      sql.unsafe('select 1'),
      milliseconds,
      () => connectError('CONNECT_TIMEOUT'),
      signal,
    );
  } catch (error) {
    // A server that has never answered is reported as unreachable, not as a lost
    // connection.
    const isLost = connectionProblem(error, '')?.code === 'database/connection-lost';
    throw isLost ? connectError('CONNECT_CLOSED', error) : error;
  }
}

/** An error with a code like the driver's, for {@link connectionProblem}. */
const connectError = (code: string, cause?: unknown): Error =>
  Object.assign(new Error(code, { cause }), { code });
