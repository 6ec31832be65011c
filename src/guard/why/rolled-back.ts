import { TransactionRollbackError } from 'drizzle-orm';
import type { AnyDatabase } from '../../postgres/any-database.ts';

/** Runs `work` in a transaction, or in a savepoint if one is open, and rolls it back. */
export async function rolledBack<Result>(
  db: AnyDatabase,
  work: (tx: AnyDatabase) => Promise<Result>,
): Promise<Result> {
  const found: Result[] = [];
  await db
    .transaction(async (tx) => {
      found.push(await work(tx));
      tx.rollback();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TransactionRollbackError)) throw error;
    });
  return found[0] as Result;
}
