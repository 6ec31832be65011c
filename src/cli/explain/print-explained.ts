import type { CommandContext } from '../../command/command.ts';
import { escapeControls, escapedJson } from '../../command/escape-controls.ts';
import type { Explained } from '../../postgres/queries/explain-query.ts';
import { printPlan } from './print-plan.ts';

/** Prints a query with its values, plan and duration. Returns the exit code. */
export function printExplained(found: Explained, { io, paint, flag }: CommandContext): number {
  if (flag('json')) {
    io.stdout.write(`${escapedJson(found, 2)}\n`);
    return 0;
  }
  const { name, summary, sql, params, plan, rows, milliseconds } = found;
  const values = params.map((value, at) => `  $${at + 1} = ${escapeControls(shown(value))}`);
  io.stdout.write(
    [
      `${paint('bold', name)}  ${summary}`,
      '',
      layOut(sql),
      ...(values.length > 0 ? ['', paint('dim', values.join('\n'))] : []),
      '',
      ...printPlan(plan, paint),
      '',
      paint(
        'green',
        `${rows} ${rows === 1 ? 'row' : 'rows'} in ${milliseconds.toFixed(2)} ms, prepared`,
      ),
      '',
    ].join('\n'),
  );
  return 0;
}

const shown = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** The statement as in the source, without the source's indentation. */
const layOut = (sql: string): string =>
  sql
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
