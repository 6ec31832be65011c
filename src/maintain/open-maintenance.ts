import { connectionFailure } from '../postgres/connection-failure.ts';
import { parseDatabaseUrl, type DatabaseUrl } from '../postgres/database-url.ts';
import { openPgliteSession } from '../postgres/pglite-session.ts';
import { openPostgresSession } from '../postgres/postgres-session.ts';
import type { Session } from '../postgres/session.ts';
import { withMaintenanceLock } from './maintenance-lock.ts';
import type { MaintenanceTarget } from './maintenance-target.ts';

/** Work on a database. The function fails if the lock was lost. */
type Work<Result> = (session: Session, stillHeld: () => Promise<void>) => Promise<Result>;

/**
 * Opens a database and runs `work` on it, as the only run of `garden maintain`. PGlite has one
 * connection, so nothing else can run.
 */
export async function openMaintenance<Result>(
  target: MaintenanceTarget,
  signal: AbortSignal | undefined,
  work: Work<Result>,
): Promise<Result> {
  if (typeof target !== 'string') return work(openPgliteSession(target, signal), async () => {});
  const url = parseDatabaseUrl(target);
  try {
    return await onServer(url, signal, work);
  } catch (error) {
    signal?.throwIfAborted();
    throw connectionFailure(error, url.place);
  }
}

async function onServer<Result>(
  url: DatabaseUrl,
  signal: AbortSignal | undefined,
  work: Work<Result>,
): Promise<Result> {
  const holder = await openPostgresSession(url, signal, 'garden maintain (lock)');
  try {
    return await withMaintenanceLock(holder, async (stillHeld) => {
      const session = await openPostgresSession(url, signal, 'garden maintain');
      try {
        return await work(session, stillHeld);
      } finally {
        await session.close();
      }
    });
  } finally {
    await holder.close();
  }
}
