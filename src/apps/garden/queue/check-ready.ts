import { sql } from 'drizzle-orm';
import { ProblemError } from '../../../report/problem.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import { notMigrated } from '../not-migrated.ts';
import type { QueueDatabase } from './queue-database.ts';

/** Refuses a database in which a worker would find nothing, for ever and without a word. */
export async function checkReady(db: QueueDatabase): Promise<void> {
  const [row] = await rowsOf<{ readonly installed: boolean; readonly held: boolean | null }>(
    db,
    sql`select to_regnamespace('queue') is not null as installed,
      row_security_active(to_regclass('public.package_requests')) as held`,
  );
  if (row?.installed !== true || row.held === null) {
    throw notMigrated('the table package_requests, or the functions of the queue');
  }
  if (row.held) {
    throw new ProblemError({
      code: 'queue/row-security',
      message: 'row-level security holds this database role, and hides the leases from it.',
      fix: 'let the worker connect as a role with BYPASSRLS; its handlers may go on as another one.',
    });
  }
}
