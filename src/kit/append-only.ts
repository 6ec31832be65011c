import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { markTable } from './mark.ts';

/**
 * Rows of this table are only added. A trigger refuses UPDATE, DELETE and TRUNCATE for every
 * role except the owner of the table, and the privileges are revoked. The owner can still
 * delete old rows. A foreign key with ON DELETE SET NULL still clears its columns, because
 * Postgres does that as the owner; CASCADE is refused.
 *
 * The returned array is always empty, because drizzle-kit has nothing to write.
 *
 * @example
 * const events = pgTable('events', { id: id(), at: instant('at').notNull() }, (t) => [
 *   ...appendOnly(t),
 * ]);
 */
export function appendOnly(columns: Readonly<Record<string, AnyPgColumn>>): never[] {
  for (const { table } of Object.values(columns)) markTable(table, 'appendOnly', true);
  return [];
}
