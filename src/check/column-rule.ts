import { aboutColumn } from '../model/about.ts';
import type { Column } from '../model/column.ts';
import type { Table } from '../model/table.ts';
import type { LintRule, Violation } from './lint-rule.ts';

/** What is wrong with one column, and how to fix it. */
export type ColumnVerdict = Pick<Violation, 'message' | 'fix'>;

/** Makes the `check` of a rule that judges each column by itself. */
export const checkColumns =
  (judge: (column: Column, table: Table) => ColumnVerdict | undefined): LintRule['check'] =>
  ({ tables }) =>
    tables.flatMap((table) =>
      table.columns.flatMap((column) => {
        const verdict = judge(column, table);
        return verdict === undefined ? [] : [{ ...aboutColumn(table, column), ...verdict }];
      }),
    );

/** A column as its author names it. */
export const nameColumn = (column: Column, table: Table): string =>
  `${table.exportName}.${column.key}`;
