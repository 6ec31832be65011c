import type { ColumnBuilderBase } from 'drizzle-orm';
import { markBuilder } from './mark.ts';

/**
 * Marks a column that no client may ever see: secrets, hashes, leases. The Zero schema
 * and the publication omit it, so it never reaches Zero.
 *
 * @example
 * const keys = pgTable('keys', { id: id(), hash: serverOnly(text('hash').notNull()) });
 */
export function serverOnly<Builder extends ColumnBuilderBase>(builder: Builder): Builder {
  return markBuilder(builder, 'serverOnly', true);
}
