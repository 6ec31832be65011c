import type { Table } from '../model/table.ts';
import { drawRow } from './draw-row.ts';
import { insertOrder } from './insert-order.ts';
import type { Row } from './row.ts';

export interface DrawRowsOptions {
  /** Number of rows per table. */
  readonly count: number;
  readonly seed: number;
  /** Values from the caller, by the export names of tables. */
  readonly samples?: Readonly<Record<string, Row | readonly Row[]>>;
}

/**
 * Draws rows that reference each other: row 3 of a table references row 3 of each table
 * that its foreign keys name. Yields them in an order in which they can be inserted.
 */
export function* drawRows(
  tables: readonly Table[],
  { count, seed, samples = {} }: DrawRowsOptions,
): Generator<readonly [table: Table, rows: readonly Row[]]> {
  const order = insertOrder(tables);
  const drawn = new Map<string, readonly Row[]>();
  for (const table of order.tables) {
    const given = [samples[table.exportName] ?? []].flat();
    const rows = Array.from({ length: count }, (_, row) =>
      drawRow(table, {
        seed,
        row,
        parents: rowsAt(drawn, row),
        tables: order.tables,
        open: order.open.get(table.id) ?? [],
        sample: given[row % given.length],
      }),
    );
    drawn.set(table.id, rows);
    yield [table, rows];
  }
}

const rowsAt = (
  drawn: ReadonlyMap<string, readonly Row[]>,
  row: number,
): ReadonlyMap<string, Row> =>
  new Map([...drawn].flatMap(([id, rows]) => (rows[row] ? [[id, rows[row]]] : [])));
