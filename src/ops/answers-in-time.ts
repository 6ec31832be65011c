import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';

/**
 * Waits for a server's first answer. By itself the driver tries again without end where
 * something takes connections and hangs up, such as a proxy whose server is gone.
 */
export async function answersInTime(
  sql: Pick<postgres.Sql, 'unsafe'>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
  const timer = new AbortController();
  const giveUp = sleep(milliseconds, undefined, {
    signal: signal === undefined ? timer.signal : AbortSignal.any([timer.signal, signal]),
  }).then(() => {
    throw Object.assign(new Error('CONNECT_TIMEOUT'), { code: 'CONNECT_TIMEOUT' });
  });
  try {
    await Promise.race([sql.unsafe('select 1'), giveUp]);
  } finally {
    timer.abort();
    giveUp.catch(() => {});
  }
}
