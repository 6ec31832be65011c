import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { connectionProblem } from './connection-problem.ts';

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
  const timer = new AbortController();
  const giveUp = sleep(milliseconds, undefined, {
    signal: signal === undefined ? timer.signal : AbortSignal.any([timer.signal, signal]),
  }).then(() => {
    throw connectError('CONNECT_TIMEOUT');
  });
  try {
    await Promise.race([sql.unsafe('select 1'), giveUp]);
  } catch (error) {
    // Who was never heard of is not lost.
    const isLost = connectionProblem(error, '')?.code === 'database/connection-lost';
    throw isLost ? connectError('CONNECT_CLOSED', error) : error;
  } finally {
    timer.abort();
    giveUp.catch(() => {});
  }
}

/** As the driver would name it, for {@link connectionProblem}. */
const connectError = (code: string, cause?: unknown): Error =>
  Object.assign(new Error(code, { cause }), { code });
