import { foreignKey, type AnyPgColumn, type ForeignKeyBuilder } from 'drizzle-orm/pg-core';
import type { Holding } from './column.ts';
import { houseName } from './name.ts';

/** The ON DELETE action of a foreign key. It has no default. */
export type OnDelete = 'cascade' | 'set null' | 'restrict' | 'no action';

/**
 * A foreign key with the default name and an explicit ON DELETE action. The two
 * columns must have the same type.
 *
 * @example
 * const books = pgTable('books', { id: id() });
 * const pages = pgTable('pages', { id: id(), bookId: uuid('book_id').notNull() }, (t) => [
 *   references(t.bookId, books.id, 'cascade'),
 * ]);
 */
export function references<Column extends AnyPgColumn, Target extends AnyPgColumn>(
  column: Column & Holding<Column, Target['_']['data']>,
  target: Target,
  onDelete: OnDelete,
  options: { readonly name?: string } = {},
): ForeignKeyBuilder {
  return foreignKey({
    name: options.name ?? houseName('fk', [column], target.table),
    columns: [column],
    foreignColumns: [target],
  }).onDelete(onDelete);
}
