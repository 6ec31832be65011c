import type { IsPrimaryKey, NotNull } from 'drizzle-orm';
import type { PgUUIDBuilderInitial } from 'drizzle-orm/pg-core';
import { id } from './id.ts';
import { createdAt, updatedAt, type Instant } from './time.ts';

/** The columns of {@link baseColumns}. */
export interface BaseColumns {
  readonly id: IsPrimaryKey<NotNull<PgUUIDBuilderInitial<'id'>>>;
  readonly createdAt: NotNull<Instant<'created_at'>>;
  readonly updatedAt: NotNull<Instant<'updated_at'>>;
}

/**
 * The columns that most tables start with: `id`, `created_at` and `updated_at`. Spread them into
 * the table.
 *
 * @example
 * const labels = pgTable('labels', { ...baseColumns(), name: sortedText('name').notNull() });
 */
export function baseColumns(): BaseColumns {
  return { id: id(), createdAt: createdAt(), updatedAt: updatedAt() };
}
