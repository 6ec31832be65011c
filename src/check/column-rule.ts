import { aboutColumn } from '../model/about.ts';
import type { Column } from '../model/column.ts';
import type { Table } from '../model/table.ts';
import type { LintRule, Violation } from './lint-rule.ts';

/** The problem of one column, and its fix. */
export type ColumnVerdict = Pick<Violation, 'message' | 'fix' | 'paste'>;

/** Creates the `check` of a rule that judges each column separately. */
export const checkColumns =
  <Options extends object = object>(
    judge: (column: Column, table: Table, options: Options) => ColumnVerdict | undefined,
  ): LintRule<Options>['check'] =>
  ({ tables }, options) =>
    tables.flatMap((table) =>
      table.columns.flatMap((column) => {
        const verdict = judge(column, table, options);
        return verdict === undefined ? [] : [{ ...aboutColumn(table, column), ...verdict }];
      }),
    );

/** A column by its name in the definitions. */
export const nameColumn = (column: Column, table: Table): string =>
  `${table.exportName}.${column.key}`;
