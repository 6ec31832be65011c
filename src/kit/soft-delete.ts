import { isNull, type SQL } from 'drizzle-orm';
import { uuid, type AnyPgColumn, type PgUUIDBuilderInitial } from 'drizzle-orm/pg-core';
import { instant, type Instant } from './time.ts';

/** The two columns of a table with soft deletes. */
export interface SoftDelete {
  readonly deletedAt: Instant<'deleted_at'>;
  readonly deletedBy: PgUUIDBuilderInitial<'deleted_by'>;
}

/**
 * Columns for a soft delete. Spread them into the table and give `deletedBy`
 * its foreign key with `references`.
 *
 * @example
 * const notes = pgTable('notes', { id: id(), ...softDelete() });
 */
export function softDelete(): SoftDelete {
  return { deletedAt: instant('deleted_at'), deletedBy: uuid('deleted_by') };
}

/**
 * The condition that a row is not soft-deleted, for a query or a partial index.
 *
 * @example
 * db.select().from(packages).where(isAlive(packages));
 */
export function isAlive(table: { readonly deletedAt: AnyPgColumn }): SQL {
  return isNull(table.deletedAt);
}
