import { escapeControls } from '../../command/escape-controls.ts';
import type { Paint } from '../../command/paint.ts';
import type { TableDescription } from '../../rules/describe-table.ts';
import { OPERATIONS } from '../../rules/operation-rules.ts';

const COLOURS = { always: 'green', never: 'red', depends: 'yellow' } as const;

/** Prints which operations a principal may perform on which tables. */
export function printMatrix(
  tables: readonly TableDescription[],
  withoutRules: readonly string[],
  paint: Paint,
): readonly string[] {
  const rows = [
    ...tables.map(({ table, operations }) => {
      return { table, cells: OPERATIONS.map((one) => operations[one].verdict ?? 'never') };
    }),
    ...withoutRules.map((table) => ({ table, cells: OPERATIONS.map(() => 'never' as const) })),
  ];
  const names = rows.map(({ table }) => escapeControls(table));
  const width = Math.max(...names.map(({ length }) => length)) + 3;
  const head = OPERATIONS.map((operation) => operation.padEnd(9)).join('');
  return [
    paint('bold', `${' '.repeat(width)}${head.trimEnd()}`),
    ...rows.map(({ cells }, at) => {
      const painted = cells.map((cell, column) => {
        // Trailing spaces would be copied with the table.
        const isLast = column === cells.length - 1;
        return paint(COLOURS[cell], isLast ? cell : cell.padEnd(9));
      });
      return `${names[at]?.padEnd(width)}${painted.join('')}`;
    }),
  ];
}
