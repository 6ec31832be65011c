import { sql } from 'drizzle-orm';
import { rowsOf } from '../../../postgres/rows-of.ts';
import type { QueueDatabase } from './queue-database.ts';

/**
 * Cancels a pending or fetching request; its worker then loses the lease.
 * Returns whether there was anything to cancel.
 *
 * @param by limits the call to a pending request of this user.
 */
export async function cancel(
  db: QueueDatabase,
  requestId: string,
  by?: { readonly requestedBy: string },
): Promise<boolean> {
  const mine =
    by === undefined
      ? sql`true`
      : sql`requested_by = ${by.requestedBy}::text::uuid and status = 'pending'`;
  const rows = await rowsOf(
    db,
    sql`update public.package_requests
      set status = 'cancelled', locked_by = null, locked_until = null, updated_at = clock_timestamp()
      where id = ${requestId}::text::uuid and is_active and ${mine} returning id`,
  );
  return rows.length > 0;
}
