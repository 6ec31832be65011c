import type { AnyDatabase } from '../postgres/any-database.ts';
import { answersInTime } from '../postgres/answers-in-time.ts';
import { connectionFailure } from '../postgres/connection-failure.ts';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import type { DatabaseChoice } from './choose-database.ts';
import { interruptiblePglite } from '../postgres/interruptible-pglite.ts';
import { openPgliteFolder } from '../postgres/open-pglite-folder.ts';
import { steadySql } from '../postgres/steady-sql.ts';

/** Opens an existing database, runs `work` on it, and closes it. */
export async function useDatabase<Result>(
  choice: DatabaseChoice,
  signal: AbortSignal,
  work: (db: AnyDatabase) => Promise<Result>,
): Promise<Result> {
  return choice.kind === 'url'
    ? onServer(choice.url, signal, work)
    : inFolder(choice.folder, signal, work);
}

async function onServer<Result>(
  url: string,
  signal: AbortSignal,
  work: (db: AnyDatabase) => Promise<Result>,
): Promise<Result> {
  const { default: postgres } = await import('postgres');
  const { drizzle } = await import('drizzle-orm/postgres-js');
  const { href, database, place, connectTimeout } = parseDatabaseUrl(url);
  const client = postgres(href, {
    max: 1,
    database,
    connect_timeout: connectTimeout / 1000,
    onnotice: () => {},
  });
  // Ends also work that does not listen to the signal; the server then rolls back.
  const stop = (): void => void client.end({ timeout: 0 });
  try {
    await answersInTime(client, connectTimeout, signal);
    signal.addEventListener('abort', stop, { once: true });
    return await work(drizzle(steadySql(client)));
  } catch (error) {
    signal.throwIfAborted();
    throw connectionFailure(error, place);
  } finally {
    signal.removeEventListener('abort', stop);
    await client.end({ timeout: 2 });
  }
}

async function inFolder<Result>(
  folder: string,
  signal: AbortSignal,
  work: (db: AnyDatabase) => Promise<Result>,
): Promise<Result> {
  const { client, close } = await openPgliteFolder(folder, { create: false });
  try {
    const { drizzle } = await import('drizzle-orm/pglite');
    return await work(drizzle(interruptiblePglite(client, signal)));
  } finally {
    await close();
  }
}
