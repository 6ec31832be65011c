import type { CommandContext } from '../../command/command.ts';
import { escapeControls, escapedJson } from '../../command/escape-controls.ts';
import type { CleanUpReport } from '../../maintain/clean-up.ts';
import type { TableStats } from '../../maintain/database-stats.ts';
import type { DailyReport } from '../../maintain/maintain-daily.ts';
import type { TendedTable } from '../../maintain/tend-tables.ts';
import { formatProblem } from '../../report/format-problem.ts';
import type { MaintenanceTask } from './maintenance-task.ts';

/** What one task of `garden maintain` returns. */
export type MaintenanceResult =
  | CleanUpReport
  | DailyReport
  | { readonly analyzed: readonly TendedTable[] }
  | { readonly vacuumed: readonly TendedTable[] }
  | { readonly stats: readonly TableStats[] };

/** The report of a task, as text or as one JSON document. */
export function printMaintenance(
  task: MaintenanceTask,
  result: MaintenanceResult,
  { flag, paint }: Pick<CommandContext, 'flag' | 'paint'>,
): string {
  if (flag('json')) return `${escapedJson({ version: 1, task, ...result }, 2)}\n`;
  const lines = [
    ...('tables' in result ? cleaned(result, flag('dry-run')) : []),
    ...('refreshed' in result ? tended('refreshed', result.refreshed) : []),
    ...('analyzed' in result ? tended('analyzed', result.analyzed) : []),
    ...('vacuumed' in result ? tended('vacuumed', result.vacuumed) : []),
    ...('stats' in result ? statsTable(result.stats) : []),
  ].map(escapeControls);
  const problems = 'problems' in result ? result.problems : [];
  return [
    ...lines.map((line) => `${line}\n`),
    ...problems.map((problem) => `${paint('red', 'refused')}  ${formatProblem(problem)}\n`),
    ...(lines.length + problems.length === 0 ? [`${paint('green', 'Nothing to do.')}\n`] : []),
  ].join('');
}

function cleaned(report: CleanUpReport, isDryRun: boolean): readonly string[] {
  const verb = isDryRun ? 'would delete' : 'deleted';
  return [
    ...report.rollups.map(({ table, buckets }) => `computed ${buckets} buckets of ${table}`),
    ...report.tables.map(({ table, column, deleted, archive, kept }) =>
      kept === undefined
        ? `${verb} ${deleted} rows of ${table}, by ${column}${archive === undefined ? '' : `; archive: ${archive}`}`
        : `kept all rows of ${table}: ${kept}`,
    ),
    ...report.orphans.map(({ table, constraint, rows, action }) =>
      action === 'kept'
        ? `kept the orphans of ${table} (${constraint}): its foreign key neither cascades nor sets NULL`
        : `${rows} orphans of ${table} (${constraint}) ${action}`,
    ),
    ...report.partitions.flatMap(({ made, dropped }) => [
      ...made.map((part) => `made the partition ${part}`),
      ...dropped.map((part) => `dropped the partition ${part}`),
    ]),
  ];
}

const tended = (verb: string, tables: readonly TendedTable[]): readonly string[] =>
  tables.map(({ table, milliseconds, skipped }) =>
    skipped === undefined
      ? `${verb} ${table} in ${milliseconds} ms`
      : `skipped ${table}: ${skipped}`,
  );

function statsTable(stats: readonly TableStats[]): readonly string[] {
  const head = ['table', 'rows', 'dead', 'table', 'indexes', 'last vacuum'];
  const rows = stats.map(({ table, rows: live, deadRows, tableBytes, indexBytes, lastVacuum }) => [
    table,
    String(live),
    String(deadRows),
    size(tableBytes),
    size(indexBytes),
    lastVacuum?.slice(0, 16).replace('T', ' ') ?? 'never',
  ]);
  const widths = head.map((one, at) =>
    Math.max(one.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  return [head, ...rows].map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}

const size = (bytes: number): string =>
  bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
