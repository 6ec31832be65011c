import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '../report/problem.ts';
import { blockerColumns, showBlocker, type Blocker } from '../postgres/blocker.ts';
import type { OnProgress } from './progress.ts';
import type { Executor, Session } from '../postgres/session.ts';

// "gard" and "migr" in ASCII. Advisory locks are per database.
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
 * Runs `work` in a transaction that holds the migration lock of the database. The lock
 * is transaction-scoped: it cannot be lost during the work, and is always released with
 * the transaction. A session lock would stay on a pooled connection that other clients
 * use next.
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
      // Without a holder, the lock has just been released: try again.
      if (late && holder !== undefined) throw timeoutError(session, holder, waited);
      options.onProgress({ type: 'waiting', holder, milliseconds: waited });
      reported = waited;
    }
    // The transaction has ended before this wait, so no connection is idle in transaction, and a pooler can reuse it.
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

/** Timeout of table locks. Postgres reads 0 as "no timeout", but our 0 means "do not wait". */
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
    message: `another process is migrating this database and did not finish within ${(waited / 1000).toFixed(1)} s.`,
    context: [session.place, showBlocker(holder)],
    fix: `wait until it ends and run this again, or allow more time (--lock-timeout). If it hangs: select pg_terminate_backend(${holder.pid}).`,
  });
}
