import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { ProblemError } from '../../../../report/problem.ts';
import { notMigrated } from '../../not-migrated.ts';

/**
 * Rejects a database without the garden's tables, and a role that row-level security applies to.
 */
export async function checkGarden<Result extends PgQueryResultHKT>(
  db: PgDatabase<Result>,
  place: string,
): Promise<void> {
  const result: unknown = await db.execute(
    sql`select to_regclass('package_requests') is not null as garden,
          (select rolsuper or rolbypassrls from pg_catalog.pg_roles where rolname = current_user) as bypasses,
          current_user::text as role`,
  );
  const [row] = result as readonly { garden: boolean; bypasses: boolean; role: string }[];
  if (row?.garden !== true) {
    throw notMigrated('the table package_requests', { place });
  }
  if (!row.bypasses) {
    throw new ProblemError({
      code: 'database/role',
      message: `the role ${row.role} is subject to row-level security and cannot write.`,
      context: [place],
      fix: `connect as a role with BYPASSRLS, for example: alter role ${row.role} bypassrls.`,
    });
  }
}
