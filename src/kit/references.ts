import { foreignKey, type AnyPgColumn, type ForeignKeyBuilder } from 'drizzle-orm/pg-core';
import type { Holding } from './column.ts';
import { houseName } from './name.ts';

/** What happens to a row when the row that it points at goes. Always written out. */
export type OnDelete = 'cascade' | 'set null' | 'restrict' | 'no action';

/**
 * A foreign key with the house's name, and the answer to "what if the target is
 * deleted" in plain sight. The two columns must hold the same type.
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
