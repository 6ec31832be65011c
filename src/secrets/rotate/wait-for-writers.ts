import { sql } from 'drizzle-orm';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { readDatabaseError } from '../../postgres/database-error.ts';
import { causesOf } from '../../report/causes-of.ts';
import { ProblemError } from '../../report/problem.ts';
import { checkTables } from './check-tables.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';

const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Waits until the transactions that write to the tables have ended, because their values are not
 * counted before. Gives up after a second, during which later writers wait too.
 */
export async function waitForWriters(
  db: AnyDatabase,
  columns: readonly EncryptedColumn[],
): Promise<void> {
  await checkTables(db, columns);
  for (const [table, tableSql] of new Map(columns.map((one) => [one.table, one.tableSql]))) {
    await db
      .transaction(async (tx) => {
        await tx.execute(sql`select set_config('lock_timeout', '1s', true)`);
        await tx.execute(sql`lock table ${sql.raw(tableSql)} in share mode`);
      })
      .catch((error: unknown): never => {
        const codes = [...causesOf(error)].map((one) => readDatabaseError(one)?.code);
        throw codes.includes(LOCK_NOT_AVAILABLE) ? stillWriting(table, error) : error;
      });
  }
}

const stillWriting = (table: string, cause: unknown): ProblemError =>
  new ProblemError(
    {
      code: 'secrets/open-writes',
      message: `a transaction that writes to ${table} does not end, and it may use the key.`,
      fix: 'run it again when the transaction has ended; pg_stat_activity shows it.',
    },
    { cause },
  );
