import type postgres from 'postgres';
import { connectionProblem } from './connection-problem.ts';
import { inTime } from './in-time.ts';

/**
 * Waits for a server's first answer. By itself the driver tries again without end where
 * something takes connections and hangs up, such as a proxy whose server is gone, and its
 * own time limit begins anew with each attempt.
 */
export async function answersInTime(
  sql: Pick<postgres.Sql, 'unsafe'>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
  // A connection that is ended before it has a socket would get one, and keep the process.
  signal?.throwIfAborted();
  try {
    await inTime(
      sql.unsafe('select 1'),
      milliseconds,
      () => connectError('CONNECT_TIMEOUT'),
      signal,
    );
  } catch (error) {
    // Who was never heard of is not lost.
    const isLost = connectionProblem(error, '')?.code === 'database/connection-lost';
    throw isLost ? connectError('CONNECT_CLOSED', error) : error;
  }
}

/** As the driver would name it, for {@link connectionProblem}. */
const connectError = (code: string, cause?: unknown): Error =>
  Object.assign(new Error(code, { cause }), { code });
