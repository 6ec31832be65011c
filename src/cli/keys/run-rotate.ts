import type { App } from '../../command/app.ts';
import { describeChoice, placeOf } from '../../command/choose-database.ts';
import type { CommandContext } from '../../command/command.ts';
import { escapedJson, escapeControls } from '../../command/escape-controls.ts';
import { ProblemError } from '../../report/problem.ts';
import { unlockRing } from '../../secrets/open-key-ring.ts';
import { rotateKeys, type RotatedColumn } from '../../secrets/rotate/rotate-keys.ts';
import { chooseRing } from './choose-ring.ts';
import { chooseKeyColumns } from './key-columns.ts';
import { useRotationDatabases } from './use-rotation-databases.ts';
import { rotationReporter } from './rotation-reporter.ts';

/** `garden keys rotate`. The exit code is 1 if a value still has an old key. */
export async function runRotate(
  context: CommandContext,
  apps: readonly [App, ...App[]],
): Promise<number> {
  const { io, signal, paint, flag, text } = context;
  const rows = readRows(text('batch'));
  const found = chooseRing(context);
  const { columns, choice, kms } = await chooseKeyColumns(context, apps);
  const ring = await unlockRing(found, await kms());
  const json = flag('json');
  if (!json) {
    io.stdout.write(
      `${paint('bold', 'Rotating')} to the key ${ring.current} in ${describeChoice(choice, io.cwd)}\n`,
    );
  }
  const reporter = rotationReporter(io);
  const results = await useRotationDatabases(choice, signal, (databases) =>
    rotateKeys(databases, {
      columns,
      ring,
      rows,
      signal,
      ...(!json && { onProgress: reporter.onProgress }),
    }),
  ).finally(reporter.end);
  const shown = results.map(({ column, ...counts }) => ({
    column: `${column.table}.${column.name}`,
    ...counts,
  }));
  io.stdout.write(
    json
      ? `${escapedJson({ database: placeOf(choice, io.cwd), key: ring.current, columns: shown }, 2)}\n`
      : printResults(results, context),
  );
  return results.some(({ busy, unreadable }) => busy + unreadable > 0) ? 1 : 0;
}

function printResults(
  results: readonly RotatedColumn[],
  { paint }: Pick<CommandContext, 'paint'>,
): string {
  const lines = results.flatMap(({ column, written, busy, unreadable, examples }) => [
    `  ${paint(busy + unreadable > 0 ? 'yellow' : 'green', busy + unreadable > 0 ? '!' : '✓')} ${column.table}.${column.name}  ${number(written)} encrypted again`,
    ...(busy > 0
      ? [`      ${number(busy)} are held by other transactions; run it again later`]
      : []),
    ...(unreadable > 0
      ? [`      ${number(unreadable)} cannot be decrypted, and are unchanged:`]
      : []),
    ...examples.map(({ key, reason }) => `        ${escapeControls(key.join(', '))}  ${reason}`),
  ]);
  return `${lines.join('\n')}\n`;
}

const number = (value: number): string => value.toLocaleString('en-US');

const MAX_ROWS = 100_000;

function readRows(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^\d{1,6}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= MAX_ROWS) {
    return Number(typed);
  }
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--batch ${JSON.stringify(typed)} is not a valid number of rows.`,
    fix: `use a whole number from 1 to ${MAX_ROWS}, for example --batch 1000.`,
  });
}
