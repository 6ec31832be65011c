import { parseDatabaseUrl } from '../postgres/database-url.ts';
import { openPostgresSession } from '../postgres/postgres-session.ts';
import { readHistory } from './history.ts';
import { planPending } from './plan-pending.ts';
import { readMigrations } from './read-migrations.ts';

/** The tags of the migrations of a folder that a database does not have yet. */
export async function pendingMigrations(url: string, folder: string): Promise<readonly string[]> {
  const migrations = readMigrations(folder);
  const session = await openPostgresSession(parseDatabaseUrl(url), undefined);
  try {
    const rows = await readHistory(session);
    return planPending(migrations, rows, session.place).pending.map(({ tag }) => tag);
  } finally {
    await session.close();
  }
}
