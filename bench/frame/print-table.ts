import { styleText } from 'node:util';
import { columns, rowCells } from './row-cells.ts';
import type { Row } from './suite.ts';

/** Columns of figures are right-aligned, all others left-aligned. */
const figureColumns: ReadonlySet<string> = new Set(['ours', 'peer', 'ratio', 'multiple']);

/**
 * Formats rows as a table for the terminal. Colours are added last, because they would change the
 * width.
 */
export function printTable(rows: readonly Row[], { colour }: { readonly colour: boolean }): string {
  const paint = (format: 'bold' | 'dim' | 'green' | 'red', text: string): string =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  const bodies = rows.map(rowCells);
  const widths = columns.map((title, column) =>
    Math.max(...[[...columns], ...bodies].map((cells) => cells[column]?.length ?? title.length)),
  );
  const line = (cells: readonly string[]): string[] =>
    columns.map((title, column) => {
      const [cell, width] = [cells[column] ?? '', widths[column] ?? 0];
      return figureColumns.has(title) ? cell.padStart(width) : cell.padEnd(width);
    });

  const head = paint('bold', line(columns).join('  ').trimEnd());
  const body = bodies.map((cells, index) => {
    const holds = rows[index]?.holds ?? null;
    const padded = line(cells);
    const verdict = padded.pop()?.trimEnd() ?? '';
    const format = holds === null ? 'dim' : holds ? 'green' : 'red';
    return [...padded, paint(format, verdict)].join('  ');
  });
  return [head, ...body].join('\n');
}
