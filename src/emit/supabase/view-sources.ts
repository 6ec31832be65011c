import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import type { Column } from '../../model/column.ts';
import type { ColumnSource, ViewQuery } from '../../model/view-query.ts';

/** The queries of views by their ids, through any number of views. */
export interface ViewSources {
  /** The column of a table that a column of a view selects. */
  tableColumn(
    of: ColumnSource,
  ): ({ readonly table: Table } & { readonly column: Column }) | undefined;
  /** The columns of a view that select a column of a table. */
  selecting(view: string, of: ColumnSource): readonly string[];
  /** Whether the column of a table or a view can be written. */
  isUpdatable(of: ColumnSource): boolean;
}

export function viewSources(
  { tables, views }: Schema,
  queries: ReadonlyMap<string, ViewQuery>,
): ViewSources {
  const tableById = new Map(tables.map((table) => [table.id, table]));
  const materialized = new Set(views.flatMap(({ id, materialized: is }) => (is ? [id] : [])));
  const sourceOf = ({ relation, column }: ColumnSource): ColumnSource | undefined =>
    queries.get(relation)?.columns.find(({ name }) => name === column)?.from;
  const rootOf = (of: ColumnSource, depth = 0): ColumnSource | undefined => {
    if (tableById.has(of.relation)) return of;
    const source = depth > queries.size ? undefined : sourceOf(of);
    return source && rootOf(source, depth + 1);
  };
  const roots = new Map(
    [...queries].map(([id, { columns }]) => [
      id,
      columns.map(({ name }) => ({ name, root: rootOf({ relation: id, column: name }) })),
    ]),
  );
  const isUpdatable = (of: ColumnSource): boolean => {
    if (tableById.has(of.relation)) return true;
    const { updates } = queries.get(of.relation) ?? {};
    const source = sourceOf(of);
    if (updates === undefined || materialized.has(of.relation)) return false;
    return source?.relation === updates && isUpdatable(source);
  };
  return {
    tableColumn(of) {
      const root = rootOf(of);
      const table = root && tableById.get(root.relation);
      const column = table?.columns.find(({ name }) => name === root?.column);
      return table && column && { table, column };
    },
    selecting: (view, { relation, column }) =>
      (roots.get(view) ?? []).flatMap(({ name, root }) =>
        root?.relation === relation && root.column === column ? [name] : [],
      ),
    isUpdatable,
  };
}
