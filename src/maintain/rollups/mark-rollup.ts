import { sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import { refuseNoRollup } from './order-rollups.ts';
import { rollupFunction } from './rollup-function.ts';

/**
 * Marks all buckets of a time range, so that the next `updateRollups()` computes them again:
 * for rows that were there before the rollup, and for those that came without triggers, such as
 * by logical replication. Returns the number of buckets. Only buckets whose rows still exist are
 * marked.
 *
 * @example
 * await markRollup(db, hitHours, { from: new Date('2026-01-01'), until: new Date() });
 * await updateRollups(db, [hitHours, hitDays]);
 */
export async function markRollup(
  db: AnyDatabase,
  rollup: PgTable,
  { from, until }: { readonly from: Date; readonly until: Date },
): Promise<number> {
  refuseNoRollup(rollup);
  const [row] = await rowsOf<{ readonly marked: string | number }>(
    db,
    sql`select ${rollupFunction('mark_range', rollup)}(${from.toISOString()}::timestamptz, ${until.toISOString()}::timestamptz) as marked`,
  );
  return Number(row?.marked ?? 0);
}
