import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { markTable } from './mark.ts';
import { realColumn } from './column.ts';

/**
 * Partitions the table by month or day of a time column, in UTC. `garden generate` writes
 * PARTITION BY, which drizzle-kit does not support, and a function that makes partitions;
 * `makePartitions()` and `dropPartitions()` of the server maintain them. The primary key and
 * all unique constraints include the time column. Zero does not sync the table.
 *
 * The returned array is always empty, because drizzle-kit has nothing to write.
 *
 * @example
 * import { primaryKey } from 'drizzle-orm/pg-core';
 *
 * const requests = pgTable('requests', { id: uuid('id').notNull(), at: instant('at').notNull() }, (t) => [
 *   primaryKey({ columns: [t.id, t.at] }),
 *   ...partitioned(t.at, 'month'),
 * ]);
 */
export function partitioned(column: AnyPgColumn, every: 'month' | 'day'): never[] {
  markTable(column.table, 'partition', { column: realColumn(column), every });
  return [];
}
