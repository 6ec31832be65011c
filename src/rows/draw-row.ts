import type { Column } from '../model/column.ts';
import type { ForeignKey } from '../model/foreign-key.ts';
import type { Table } from '../model/table.ts';
import { constraintsOf } from './column-constraints.ts';
import { drawValue } from './draw-value.ts';
import { seededRandom } from './random.ts';
import type { Row } from './row.ts';

export interface DrawRowOptions {
  readonly seed: number;
  /** The number of the row. */
  readonly row: number;
  /** The rows that it references, by table id. */
  readonly parents: ReadonlyMap<string, Row>;
  /** The tables of the schema, to resolve foreign keys. */
  readonly tables: readonly Table[];
  /** Foreign keys that are left NULL. */
  readonly open?: readonly ForeignKey[];
  /** Values from the caller, by the names of columns in TypeScript. */
  readonly sample?: Row | undefined;
}

/** A row of a table, with values for all columns except those that only the database fills. */
export function drawRow(table: Table, options: DrawRowOptions): Row {
  const { sample = {}, open = [] } = options;
  const row: Record<string, unknown> = {};
  for (const column of table.columns) {
    if (!isWritten(column)) continue;
    row[column.key] =
      column.key in sample ? sample[column.key] : drawColumn(table, column, options);
  }
  for (const key of open) {
    for (const name of key.columns) {
      const column = columnNamed(table, name);
      if (column && !column.notNull) row[column.key] = null;
    }
  }
  return { ...row, ...foreignValues(table, row, options) };
}

/** A value for one column, as in {@link drawRow}. */
export function drawColumn(
  table: Table,
  column: Column,
  { seed, row }: Pick<DrawRowOptions, 'seed' | 'row'>,
): unknown {
  return drawValue(column.type, constraintsOf(table, column), {
    name: column.name,
    row,
    random: seededRandom(seed, table.id, column.name, row),
  });
}

/** The columns of foreign keys, with the values of their targets. */
function foreignValues(
  table: Table,
  own: Row,
  { parents, tables, open = [] }: DrawRowOptions,
): Row {
  const values: Record<string, unknown> = {};
  for (const key of table.foreignKeys) {
    if (open.includes(key)) continue;
    const target = tables.find(({ id }) => id === key.references.table);
    // A row with a foreign key to its own table references itself.
    const parent = target === table ? { ...own, ...values } : parents.get(key.references.table);
    if (!target || !parent) continue;
    Object.assign(values, pointingAt(table, key, target, parent));
  }
  return values;
}

/** The columns of a foreign key, with values that reference the given row. */
export function pointingAt(table: Table, key: ForeignKey, target: Table, parent: Row): Row {
  return Object.fromEntries(
    key.columns.flatMap((name, at) => {
      const own = columnNamed(table, name);
      const other = columnNamed(target, key.references.columns[at] ?? '');
      return own && other ? [[own.key, parent[other.key]]] : [];
    }),
  );
}

/** A changed row that keeps its references to itself. */
export function keepSelfReferences(table: Table, before: Row, after: Row): Row {
  const own = table.foreignKeys.filter(
    (key) =>
      key.references.table === table.id &&
      Object.entries(pointingAt(table, key, table, before)).every(
        ([name, value]) => before[name] === value,
      ),
  );
  return Object.assign({ ...after }, ...own.map((key) => pointingAt(table, key, table, after)));
}

/** A row without references to its own table, as far as the columns are nullable. */
export function withoutSelfReferences(table: Table, row: Row): Row {
  const own = table.foreignKeys.filter(({ references }) => references.table === table.id);
  const columns = table.columns.filter(
    ({ name, notNull }) => !notNull && own.some((key) => key.columns.includes(name)),
  );
  return { ...row, ...Object.fromEntries(columns.map(({ key }) => [key, null])) };
}

/** Whether an INSERT can set the column. */
export const isWritten = ({ generated }: Column): boolean =>
  generated === undefined || generated === 'identity';

export function columnNamed({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => column.name === name);
}
