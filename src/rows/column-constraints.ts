import type { Column } from '../model/column.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Table } from '../model/table.ts';

/** What the checks of the kit say about a column, as data. */
export function constraintsOf(table: Table, column: Pick<Column, 'name'>): readonly Constraint[] {
  return table.checks.flatMap(({ constraint }) =>
    constraint?.column === column.name ? [constraint] : [],
  );
}
