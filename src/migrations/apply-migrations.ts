import { readDatabaseError } from '../postgres/database-error.ts';
import { recordMigration } from './history.ts';
import type { Migration } from './migration.ts';
import type { OnProgress } from './progress.ts';
import type { Executor, Session } from '../postgres/session.ts';
import { statementError } from './statement-error.ts';
import { watchBlockers } from './watch-blockers.ts';

export interface ApplyOptions {
  /** Milliseconds. */
  readonly lockTimeout: number;
  readonly onProgress: OnProgress;
}

/** Runs the migrations in a transaction of the caller, who commits it. */
export async function applyMigrations(
  session: Session,
  tx: Executor,
  pending: readonly Migration[],
  { lockTimeout, onProgress }: ApplyOptions,
): Promise<void> {
  for (const [index, migration] of pending.entries()) {
    const { tag } = migration;
    onProgress({ type: 'applying', tag, number: index + 1, total: pending.length });
    const started = performance.now();
    for (const [index, statement] of migration.statements.entries()) {
      const watch = watchBlockers(session, lockTimeout, (by) =>
        onProgress({ type: 'blocked', tag, statement: index + 1, by }),
      );
      try {
        await tx.run(statement.text);
      } catch (cause) {
        const error = readDatabaseError(cause);
        // SQLSTATE 57P…: the server ended the session, so the statement is not at fault.
        if (error === undefined || error.code.startsWith('57P')) throw cause;
        throw statementError({ migration, statement, error, blockers: watch.seen }, cause);
      } finally {
        watch.stop();
      }
    }
    await recordMigration(tx, migration);
    onProgress({ type: 'applied', tag, milliseconds: performance.now() - started });
  }
}
