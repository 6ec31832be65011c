import type { Schema, TableSchema } from '@rocicorp/zero';
import type { TableWrites, Values } from '../guard/table-writes.ts';

/** Columns that say when a client did something. */
export const CLOCKS: readonly string[] = ['createdAt', 'updatedAt', 'deletedAt'];

/**
 * Writes in which no clock runs ahead of the database's: a row from the future would
 * stand above all others until then. A clock that is late stays as it is; work done
 * offline is old.
 */
export function clampClocks<Mutate extends object>(
  mutate: Mutate,
  schema: Schema,
  clocks: readonly string[],
  now: number,
): Mutate {
  const clamped = Object.entries(schema.tables).flatMap(([name, table]) => {
    const own = clocks.filter((column) => isMoment(table, column));
    if (own.length === 0) return [];
    // Zero types each table's writes by its columns; here any table is meant.
    const writes = Reflect.get(mutate, name) as TableWrites;
    const clamp = (row: Values): Values => {
      const late = own.filter((column) => Number(row[column] ?? 0) > now);
      return { ...row, ...Object.fromEntries(late.map((column) => [column, now])) };
    };
    const inTime: TableWrites = {
      insert: (row) => writes.insert(clamp(row)),
      upsert: (row) => writes.upsert(clamp(row)),
      update: (row) => writes.update(clamp(row)),
      delete: (row) => writes.delete(row),
    };
    return [[name, inTime] as const];
  });
  return { ...mutate, ...Object.fromEntries(clamped) };
}

const isMoment = (table: TableSchema, column: string): boolean =>
  Object.hasOwn(table.columns, column) && table.columns[column]?.type === 'number';
