import { sql } from 'drizzle-orm';
import { rowsOf } from '../../../../postgres/rows-of.ts';
import type { Statements } from './statement.ts';

/**
 * The registry no longer has the package: its versions are marked, and everything
 * stays, because others depend on it. Gives how many were marked now.
 */
export async function markMissing(tx: Statements, packageId: string): Promise<number> {
  const now = new Date().toISOString();
  // First its row, as whoever fetches a package does: one after the other.
  await tx.execute(
    sql`update packages set etag = null, last_fetch_attempt = ${now}::timestamptz, updated_at = ${now}::timestamptz
        where id = ${packageId}::uuid`,
  );
  const marked = await rowsOf(
    tx,
    sql`update package_versions set yanked_at = ${now}::timestamptz
        where package_id = ${packageId}::uuid and yanked_at is null returning 1 as one`,
  );
  return marked.length;
}
