import {
  index,
  unique,
  uniqueIndex,
  type ExtraConfigColumn,
  type IndexBuilder,
  type UniqueConstraintBuilder,
} from 'drizzle-orm/pg-core';
import { houseName, type NamedColumn } from './name.ts';

/** A column in a table's extra config, with or without an order. */
export type IndexColumn = NamedColumn & Partial<Pick<ExtraConfigColumn, 'indexConfig'>>;

/**
 * An index with the default name `idx_{table}_{columns}`. Add `.where(…)` for a
 * partial index.
 *
 * @example
 * const events = pgTable('events', { id: id(), at: instant('at').notNull() }, (t) => [
 *   indexOn(descending(t.at), t.id),
 * ]);
 */
export function indexOn(...columns: readonly [IndexColumn, ...IndexColumn[]]): IndexBuilder {
  return index(houseName('idx', columns)).on(...asDrizzle(columns));
}

/**
 * A unique index with the default name. Use it for a partial unique with `.where(…)`,
 * which a constraint cannot express.
 *
 * @example
 * const notes = pgTable('notes', { id: id(), slug: sortedText('slug'), ...softDelete() }, (t) => [
 *   uniqueIndexOn(t.slug).where(isAlive(t)),
 * ]);
 */
export function uniqueIndexOn(...columns: readonly [IndexColumn, ...IndexColumn[]]): IndexBuilder {
  return uniqueIndex(houseName('idx', columns)).on(...asDrizzle(columns));
}

/**
 * A unique constraint with the default name `{table}_{columns}_unique`.
 *
 * @example
 * const labels = pgTable('labels', { id: id(), name: sortedText('name').notNull() }, (t) => [
 *   uniqueOn(t.name),
 * ]);
 */
export function uniqueOn(
  ...columns: readonly [IndexColumn, ...IndexColumn[]]
): UniqueConstraintBuilder {
  return unique(houseName('unique', columns)).on(...asDrizzle(columns));
}

/**
 * Descending order in an index, with `NULLS FIRST`, the default of `ORDER BY … DESC`
 * in Postgres. Drizzle's bare `.desc()` writes `NULLS LAST`, and such an index does
 * not serve the query.
 *
 * @example
 * const events = pgTable('events', { id: id(), at: instant('at').notNull() }, (t) => [
 *   indexOn(descending(t.at)),
 * ]);
 */
export function descending(column: ExtraConfigColumn): IndexColumn {
  column.desc();
  column.nullsFirst();
  return column;
}

/** Drizzle's type of extra config columns is narrower than its code requires. */
function asDrizzle(columns: readonly IndexColumn[]): [ExtraConfigColumn, ...ExtraConfigColumn[]] {
  return columns as unknown as [ExtraConfigColumn, ...ExtraConfigColumn[]];
}
