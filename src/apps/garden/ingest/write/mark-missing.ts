import { sql } from 'drizzle-orm';
import { rowsOf } from '../../../../postgres/rows-of.ts';
import type { Statements } from './statement.ts';

/**
 * Marks all versions of a package that the registry no longer has. The rows are kept, because other
 * packages depend on them. Returns the number of newly marked versions.
 */
export async function markMissing(tx: Statements, packageId: string): Promise<number> {
  const now = new Date().toISOString();
  // Locks the package row first, like a fetch does, so that both run one after the other.
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
