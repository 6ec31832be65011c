import { withStage } from '../report/in-stage.ts';
import { ProblemError } from '../report/problem.ts';
import { requireVersions } from '../report/require-versions.ts';
import { applyMigrations } from './apply-migrations.ts';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import { explainFailure } from './explain-failure.ts';
import { createHistory, readHistory, unlessBlocked } from './history.ts';
import { openPgliteSession, type PgliteLike } from '../postgres/pglite-session.ts';
import { planPending } from './plan-pending.ts';
import { openPostgresSession } from '../postgres/postgres-session.ts';
import type { OnProgress } from './progress.ts';
import { readMigrations } from './read-migrations.ts';
import { refuseUnsafeStatements } from './refuse-unsafe-statements.ts';
import { readServerFacts, serverProblem } from '../postgres/server-problem.ts';
import type { Session } from '../postgres/session.ts';
import { withMigrationLock } from './with-migration-lock.ts';

export interface MigrateOptions {
  /** The migrations folder that drizzle-kit wrote. */
  readonly folder: string;
  /**
   * Maximum time to wait, in milliseconds, for another migrating process and for each
   * table lock. Other queries queue behind a waiting ALTER TABLE, so use a few seconds
   * for a busy database. Default: 60,000.
   */
  readonly lockTimeout?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Aborts the run: the transaction is rolled back, and the abort reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

export interface MigrateResult {
  /** The tags that this run applied, in order. */
  readonly applied: readonly string[];
  /** Number of migrations that were applied before. */
  readonly alreadyApplied: number;
  /** The database, without a password. */
  readonly database: string;
  readonly milliseconds: number;
}

/**
 * Applies all pending migrations in one transaction. It shares the history table with
 * `drizzle-kit migrate`, so either can continue where the other stopped. Unlike
 * drizzle-kit, it allows only one process at a time, and refuses a migration that
 * drizzle-kit would skip.
 *
 * @param target a `postgres://` URL, or an open PGlite. `migrate` does not close it.
 * @example
 * const { applied } = await migrate(new PGlite(), { folder: 'drizzle' });
 */
export async function migrate(
  target: string | PgliteLike,
  options: MigrateOptions,
): Promise<MigrateResult> {
  requireVersions(['drizzle-orm', 'zod']);
  const started = performance.now();
  const { folder, lockTimeout = 60_000, signal } = options;
  const onProgress = options.onProgress ?? (() => {});
  signal?.throwIfAborted();
  refuseTimeout(lockTimeout);
  const database = typeof target === 'string' ? parseDatabaseUrl(target) : target;
  const migrations = readMigrations(folder);

  let session: Session | undefined;
  let committing = false;
  try {
    session =
      'href' in database
        ? await openPostgresSession(database, signal)
        : openPgliteSession(database, signal);
    const open = session;
    const problem = serverProblem(await readServerFacts(open), open.place);
    if (problem !== undefined) throw new ProblemError(problem);

    const { pending, alreadyApplied } = await withMigrationLock(
      open,
      { lockTimeout, onProgress, signal },
      async (tx) => {
        const rows = await unlessBlocked(open, lockTimeout, () => readHistory(tx));
        const plan = planPending(migrations, rows, open.place);
        const tags = plan.pending.map((migration) => migration.tag);
        onProgress({ type: 'planned', pending: tags, alreadyApplied: plan.alreadyApplied });
        if (plan.pending.length === 0) return plan;
        refuseUnsafeStatements(plan.pending);
        await unlessBlocked(open, lockTimeout, () => createHistory(tx, open.place));
        await applyMigrations(open, tx, plan.pending, { lockTimeout, onProgress });
        committing = true;
        return plan;
      },
    );
    return {
      applied: pending.map((migration) => migration.tag),
      alreadyApplied,
      database: open.place,
      milliseconds: Math.round(performance.now() - started),
    };
  } catch (error) {
    const place = 'href' in database ? database.place : 'PGlite';
    const explained = explainFailure(error, { place, committing });
    throw explained instanceof ProblemError ? withStage('migrate', explained) : explained;
  } finally {
    await session?.close();
  }
}

function refuseTimeout(lockTimeout: number): void {
  if (lockTimeout >= 0) return;
  throw new ProblemError({
    code: 'migrate/lock-timeout',
    message: `the lock timeout is ${String(lockTimeout)}, but must be a number of milliseconds, 0 or more.`,
    fix: 'set it to 0 for no wait, or omit it for one minute.',
  });
}
