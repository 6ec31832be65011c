import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Rollup } from '../../model/rollup.ts';
import { markOf } from '../mark.ts';

/** How a table is derived; undefined for a table that is no rollup. */
export function rollupOf(table: PgTable): Rollup | undefined {
  // Drizzle evaluates the third argument, which sets the mark, only when it is asked for it.
  getTableConfig(table);
  return markOf(table, 'rollup');
}
