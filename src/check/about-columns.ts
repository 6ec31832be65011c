import { aboutColumn, aboutTable } from '../model/about.ts';
import type { Column } from '../model/column.ts';
import { qualifiedName } from '../model/table-id.ts';
import type { Table } from '../model/table.ts';
import type { NamedPlace } from '../report/place.ts';
import type { Violation } from './lint-rule.ts';

/** A column of a table by its name in SQL. */
export const columnOf = (table: Table, name: string): Column | undefined =>
  table.columns.find((column) => column.name === name);

/** Whether a column is nullable. Primary key columns are not, even if Drizzle says so. */
export const isNullable = (table: Table, name: string): boolean =>
  columnOf(table, name)?.notNull === false && !table.primaryKey?.columns.includes(name);

/** Columns by their names in the definitions: `notes.authorId`, `notes (tenantId, slug)`. */
export function nameColumns(table: Table, columns: readonly string[]): string {
  const keys = columns.map((name) => columnOf(table, name)?.key ?? name);
  return keys.length === 1
    ? `${table.exportName}.${keys[0]}`
    : `${table.exportName} (${keys.join(', ')})`;
}

/** A named part of a table, such as an index, and its columns. */
export function aboutPart(
  table: Table,
  name: string,
  columns: readonly string[],
): Pick<Violation, 'object' | 'places'> {
  return { object: qualifiedName(table, name), places: placesOf(table, columns) };
}

/** The places of the columns, or of the table if no column has one. */
function placesOf(table: Table, columns: readonly string[]): readonly NamedPlace[] {
  const places = columns.flatMap((name) => {
    const column = columnOf(table, name);
    return column === undefined ? [] : aboutColumn(table, column).places;
  });
  return places.length > 0 ? places : aboutTable(table).places;
}
