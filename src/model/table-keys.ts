import type { Table } from './table.ts';

/** The columns of the primary key, by their names in TypeScript; empty without a primary key. */
export function primaryKeyOf(table: Table): readonly string[] {
  return keysOf(table, table.primaryKey?.columns ?? []);
}

/**
 * Unique sets of columns, by their names in TypeScript: unique constraints, and unique
 * indexes over plain columns without a condition.
 */
export function uniqueSetsOf(table: Table): readonly (readonly string[])[] {
  const sets = [
    ...table.uniques.map(({ columns }) => columns),
    ...table.indexes.flatMap(({ unique, where, columns }) => {
      const names = columns.map((each) => ('column' in each ? each.column : undefined));
      const plain = names.every((name) => name !== undefined);
      return unique && where === undefined && plain ? [names] : [];
    }),
  ].map((names) => keysOf(table, names));
  return [...new Map(sets.map((set) => [JSON.stringify(set), set])).values()];
}

function keysOf({ columns }: Table, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => columns.find((column) => column.name === name)?.key ?? []);
}
