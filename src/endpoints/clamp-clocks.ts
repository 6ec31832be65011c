import type { Schema, TableSchema } from '@rocicorp/zero';
import type { TableWrites, Values } from '../guard/table-writes.ts';

/** Columns with client times. */
export const CLOCKS: readonly string[] = ['createdAt', 'updatedAt', 'deletedAt'];

/**
 * Wraps writes so that client times never exceed the database's time: a row from the future
 * would sort above all others until then. Earlier times are kept, because offline work is
 * old.
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
    // Zero types the writes of each table by its columns; this code is generic.
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
