import type { Executor, Session } from '../postgres/session.ts';
import { readDatabaseError } from '../postgres/database-error.ts';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A short transaction: it waits for no lock longer than 100 ms, sees all rows or fails, and
 * compares times in UTC.
 */
const SETTINGS = `set local lock_timeout = '100ms'; set local statement_timeout = '60s';
set local row_security = off; set local timezone = 'UTC'; set local jit = off`;

/** Errors after which the same transaction can succeed: a lock, a deadlock, a conflict. */
const AGAIN = new Set(['55P03', '40P01', '40001']);
const TRIES = 20;

/** Runs a short transaction, and again if another one was in its way. */
export async function shortTransaction<Result>(
  session: Session,
  work: (tx: Executor) => Promise<Result>,
): Promise<Result> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await session.transaction(async (tx) => {
        await tx.run(SETTINGS);
        return work(tx);
      });
    } catch (error) {
      if (left === 0 || !AGAIN.has(readDatabaseError(error)?.code ?? '')) throw error;
    }
    await sleep(100);
  }
}
