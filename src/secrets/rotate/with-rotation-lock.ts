import { sql } from 'drizzle-orm';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import { ProblemError } from '../../report/problem.ts';

// "gard" and "keys" in ASCII. Advisory locks are per database.
const LOCK = { classid: 0x67_61_72_64, objid: 0x6b_65_79_73 };

/**
 * Runs `work` while no other rotation runs in the database. The lock belongs to a transaction, so
 * that it also holds behind a pooler, and ends with the process. The transaction writes nothing and
 * is idle between reads, so it does not hold back VACUUM.
 */
export function withRotationLock<Result>(
  db: AnyDatabase,
  work: (tx: AnyDatabase) => Promise<Result>,
): Promise<Result> {
  return db.transaction(
    async (tx) => {
      await tx.execute(
        sql`select set_config(name, '0', true) from pg_catalog.pg_settings
where name in ('idle_in_transaction_session_timeout', 'transaction_timeout', 'statement_timeout')`,
      );
      const [row] = await rowsOf<{ readonly locked: boolean }>(
        tx,
        sql`select pg_try_advisory_xact_lock(${LOCK.classid}, ${LOCK.objid}) as locked`,
      );
      if (row?.locked === true) return work(tx);
      const [holder] = await rowsOf<{ readonly pid: number }>(
        tx,
        sql`select pid from pg_catalog.pg_locks
where locktype = 'advisory' and granted and classid = ${LOCK.classid} and objid = ${LOCK.objid}
  and database = (select oid from pg_catalog.pg_database where datname = current_database())`,
      );
      throw new ProblemError({
        code: 'secrets/rotation-running',
        message: 'another rotation of keys runs in this database.',
        ...(holder && { context: [`pid ${holder.pid}`] }),
        fix: 'wait until it ends; a rotation that is stopped continues where it was.',
      });
    },
    { isolationLevel: 'read committed' },
  );
}
