import { setTimeout as sleep } from 'node:timers/promises';
import { readDatabaseError } from '../postgres/database-error.ts';
import type { Executor, Session } from '../postgres/session.ts';
import { ProblemError } from '../report/problem.ts';
import { MAINTENANCE_LOCK } from './lock-key.ts';

/**
 * Runs `work` while a transaction of its own holds the lock of `garden maintain`, so that two
 * runs do not archive the same rows. The lock ends with the transaction: a session lock would
 * stay on a connection of a pool. The transaction has no snapshot, so VACUUM does not wait for
 * it.
 *
 * @param work gets a function that fails if the lock was lost.
 */
export function withMaintenanceLock<Result>(
  holder: Session,
  work: (stillHeld: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  return holder.transaction(async (tx) => {
    await tx.run('set local idle_in_transaction_session_timeout = 0');
    await takeLock(tx, holder.place);
    return work(async () => {
      // Also keeps the connection from being closed as idle.
      await tx.rows('select 1');
    });
  });
}

/** The server needs a moment to notice that a killed run is gone. */
const PATIENCE_MS = 2_000;
const POLL_MS = 100;

async function takeLock(tx: Executor, place: string): Promise<void> {
  for (let waited = 0; ; waited += POLL_MS) {
    const [row] = await tx.rows<{ readonly locked: boolean }>(
      `select pg_try_advisory_xact_lock(${MAINTENANCE_LOCK.join(', ')}) as locked`,
    );
    if (row?.locked === true) return;
    if (waited >= PATIENCE_MS) throw await locked(tx, place);
    await sleep(POLL_MS);
  }
}

async function locked(tx: Executor, place: string): Promise<ProblemError> {
  const [row] = await tx
    .rows<{ readonly pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and granted and classid = ${MAINTENANCE_LOCK[0]} and objid = ${MAINTENANCE_LOCK[1]}
      and database = (select oid from pg_database where datname = current_database())`,
    )
    .catch((error: unknown) => {
      if (readDatabaseError(error) === undefined) throw error;
      return [];
    });
  return new ProblemError({
    code: 'maintain/locked',
    message: 'another garden maintain is running on this database.',
    context: [place, ...(row === undefined ? [] : [`process ${row.pid} of the server`])],
    fix: 'wait until it ends. Two runs at once would archive the same rows.',
  });
}
