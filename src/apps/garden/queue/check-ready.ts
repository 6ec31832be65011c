import { sql } from 'drizzle-orm';
import { ProblemError } from '../../../report/problem.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import { notMigrated } from '../not-migrated.ts';
import type { QueueDatabase } from './queue-database.ts';

/** Rejects a database in which a worker would silently find no requests. */
export async function checkReady(db: QueueDatabase): Promise<void> {
  const [row] = await rowsOf<{ readonly installed: boolean; readonly held: boolean | null }>(
    db,
    sql`select to_regnamespace('queue') is not null as installed,
      row_security_active(to_regclass('public.package_requests')) as held`,
  );
  if (row?.installed !== true || row.held === null) {
    throw notMigrated('the table package_requests or the functions of the queue');
  }
  if (row.held) {
    throw new ProblemError({
      code: 'queue/row-security',
      message: 'row-level security applies to this database role and hides the leases from it.',
      fix: 'connect the worker as a role with BYPASSRLS; its handlers can use another role.',
    });
  }
}
