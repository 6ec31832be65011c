import type { AnyDatabase } from '../postgres/any-database.ts';
import { answersInTime } from '../postgres/answers-in-time.ts';
import { connectionFailure } from '../postgres/connection-failure.ts';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import type { DatabaseChoice } from './choose-database.ts';
import { openPgliteFolder } from '../postgres/open-pglite-folder.ts';

/** Opens an existing database, runs `work` on it, and closes it. */
export async function useDatabase<Result>(
  choice: DatabaseChoice,
  signal: AbortSignal,
  work: (db: AnyDatabase) => Promise<Result>,
): Promise<Result> {
  return choice.kind === 'url' ? onServer(choice.url, signal, work) : inFolder(choice.folder, work);
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
  try {
    await answersInTime(client, connectTimeout, signal);
    return await work(drizzle(client));
  } catch (error) {
    throw connectionFailure(error, place);
  } finally {
    await client.end({ timeout: 2 });
  }
}

async function inFolder<Result>(
  folder: string,
  work: (db: AnyDatabase) => Promise<Result>,
): Promise<Result> {
  const { client, close } = await openPgliteFolder(folder, { create: false });
  try {
    const { drizzle } = await import('drizzle-orm/pglite');
    return await work(drizzle(client));
  } finally {
    await close();
  }
}
