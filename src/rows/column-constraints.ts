import type { Column } from '../model/column.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Table } from '../model/table.ts';

/** The constraints of a column from the kit's checks, as data. */
export function constraintsOf(table: Table, column: Pick<Column, 'name'>): readonly Constraint[] {
  return table.checks.flatMap(({ constraint }) =>
    constraint?.column === column.name ? [constraint] : [],
  );
}
