import { sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import { orderRollups } from './order-rollups.ts';
import { rollupFunction } from './rollup-function.ts';

export interface UpdateRollupsOptions {
  /** Number of marks of one transaction. Default: 10,000. */
  readonly batch?: number;
}

/** What an update did to one rollup. */
export interface RollupUpdate {
  readonly table: string;
  /** Number of buckets that were computed again. */
  readonly buckets: number;
}

/**
 * Computes the changed buckets of rollups again: those with new, late, changed or deleted rows.
 * Rollups of rollups follow their source, whatever the order of the list. Run it every minute as
 * the owner of the tables. Several runs at once, and a run that was killed, do no harm.
 *
 * @example
 * await updateRollups(db, [hitHours, hitDays]);
 */
export async function updateRollups(
  db: AnyDatabase,
  rollups: readonly PgTable[],
  { batch = 10_000 }: UpdateRollupsOptions = {},
): Promise<readonly RollupUpdate[]> {
  if (!Number.isInteger(batch) || batch < 1 || batch > 1_000_000) {
    throw new RangeError(`batch is ${batch}, but it has to be a whole number from 1 to 1,000,000`);
  }
  const updates: RollupUpdate[] = [];
  for (const { table, id } of orderRollups(rollups)) {
    const refresh = rollupFunction('refresh', table);
    let buckets = 0;
    // Marks of the meantime are left for the next run.
    for (let marks = batch; marks === batch;) {
      const [row] = await rowsOf<Readonly<Record<'marks' | 'buckets', number>>>(
        db,
        sql`select marks, buckets from ${refresh}(${batch}::integer)`,
      );
      marks = row?.marks ?? 0;
      buckets += row?.buckets ?? 0;
    }
    updates.push({ table: id, buckets });
  }
  return updates;
}
