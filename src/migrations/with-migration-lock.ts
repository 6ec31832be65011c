import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '../report/problem.ts';
import { blockerColumns, showBlocker, type Blocker } from '../postgres/blocker.ts';
import type { OnProgress } from './progress.ts';
import type { Executor, Session } from '../postgres/session.ts';

// "gard" and "migr" in ASCII. Advisory locks belong to one database each.
const lock = { classid: 0x67_61_72_64, objid: 0x6d_69_67_72 };

const pollMilliseconds = 200;
const reportMilliseconds = 5_000;

export interface LockOptions {
  /** Milliseconds. */
  readonly lockTimeout: number;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs `work` in a transaction that no other `migrate` of this database runs
 * beside. The lock belongs to that transaction: it cannot be lost while the work
 * goes on, ends with it in every case, and holds behind a pooler too, where a
 * session's lock would stay with a connection that others use next.
 */
export async function withMigrationLock<Result>(
  session: Session,
  options: LockOptions,
  work: (tx: Executor) => Promise<Result>,
): Promise<Result> {
  const started = performance.now();
  let reported = Number.NEGATIVE_INFINITY;
  for (;;) {
    const outcome = await session.transaction(async (tx) => {
      if (!(await tryLock(tx))) return undefined;
      await setTimeouts(tx, options.lockTimeout);
      return { result: await work(tx) };
    });
    if (outcome !== undefined) return outcome.result;

    const waited = performance.now() - started;
    const late = waited >= options.lockTimeout;
    if (late || waited - reported >= reportMilliseconds) {
      const holder = await readHolder(session);
      // Without a holder the lock was let go this instant: worth another attempt.
      if (late && holder !== undefined) throw timeoutError(session, holder, waited);
      options.onProgress({ type: 'waiting', holder, milliseconds: waited });
      reported = waited;
    }
    // Each transaction ended before the wait: none stays idle in one, and a pooler can reuse it.
    await sleep(pollMilliseconds, undefined, {
      ...(options.signal && { signal: options.signal }),
    }).catch(() => options.signal?.throwIfAborted());
  }
}

async function tryLock(tx: Executor): Promise<boolean> {
  const [row] = await tx.rows<{ locked: boolean }>(
    `select pg_catalog.pg_try_advisory_xact_lock(${lock.classid}, ${lock.objid}) as locked`,
  );
  return row?.locked === true;
}

/** For the locks on tables. Zero means "for ever" to Postgres, and "not at all" to us. */
async function setTimeouts(tx: Executor, lockTimeout: number): Promise<void> {
  const milliseconds = Number.isFinite(lockTimeout)
    ? Math.min(Math.max(1, Math.round(lockTimeout)), 2 ** 31 - 1)
    : 0;
  await tx.run(
    `set local lock_timeout = ${milliseconds}; set local idle_in_transaction_session_timeout = 0`,
  );
}

async function readHolder(session: Session): Promise<Blocker | undefined> {
  const [holder] = await session.rows<Blocker>(`
    select l.pid, ${blockerColumns}
    from pg_catalog.pg_locks l left join pg_catalog.pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.granted
      and l.classid = ${lock.classid} and l.objid = ${lock.objid} and l.objsubid = 2
      and l.database = (select oid from pg_catalog.pg_database where datname = current_database())`);
  return holder;
}

function timeoutError(session: Session, holder: Blocker, waited: number): ProblemError {
  return new ProblemError({
    code: 'migrate/locked',
    message: `another process is migrating this database, and did not finish within ${(waited / 1000).toFixed(1)} s.`,
    context: [session.place, showBlocker(holder)],
    fix: `wait for it and run this again, or allow more time (--lock-timeout). If it hangs: select pg_terminate_backend(${holder.pid}).`,
  });
}
