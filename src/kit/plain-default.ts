import type { ColumnBuilderBase } from 'drizzle-orm';
import type { PlainDefault } from '../model/column.ts';
import { markBuilder } from './mark.ts';

/**
 * A DEFAULT that only `garden sql` writes, for people who write SQL by hand. The migrations leave it
 * out: a client would not know the value until the row is synced.
 *
 * @example
 * const servers = pgTable('servers', {
 *   id: id(),
 *   status: plainDefault(enumeration('status', ['active', 'inactive']).notNull(), 'inactive'),
 *   addedAt: plainDefault(instant('added_at').notNull(), { sql: 'now()' }),
 * });
 */
export function plainDefault<Builder extends ColumnBuilderBase>(
  builder: Builder,
  value:
    | (Builder['_']['data'] & (string | number | boolean))
    | Exclude<PlainDefault, string | number | boolean>,
): Builder {
  return markBuilder(builder, 'plainDefault', value);
}
