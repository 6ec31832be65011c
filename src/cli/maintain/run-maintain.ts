import { resolve } from 'node:path';
import type { App } from '../../command/app.ts';
import type { CommandContext } from '../../command/command.ts';
import { cleanUp, type CleanUpOptions } from '../../maintain/clean-up.ts';
import { databaseStats } from '../../maintain/database-stats.ts';
import { maintainDaily } from '../../maintain/maintain-daily.ts';
import { openMaintenance } from '../../maintain/open-maintenance.ts';
import { analyzeTables, vacuumTables } from '../../maintain/tend-tables.ts';
import type { Table } from '../../model/table.ts';
import { openPgliteFolder } from '../../postgres/open-pglite-folder.ts';
import type { Session } from '../../postgres/session.ts';
import { ProblemError } from '../../report/problem.ts';
import type { MaintenanceTask } from './maintenance-task.ts';
import { chooseWithDev } from '../dev/running-database.ts';
import { definitionsOf, doctorSubject } from '../doctor/doctor-subject.ts';
import { progressLine } from '../doctor/progress-line.ts';
import { chooseSubject } from '../subject.ts';
import { printMaintenance, type MaintenanceResult } from './print-maintenance.ts';

/** Runs `garden maintain`. The exit code is 1 if a table could not be cleaned. */
export async function runMaintain(
  context: CommandContext,
  apps: readonly App[],
  task: MaintenanceTask,
): Promise<number> {
  const { io, signal } = context;
  const options = cleanUpOptions(context);
  const needsTables = task === 'daily' || task === 'cleanup';
  const subject = needsTables
    ? await chooseSubject(context, apps)
    : await doctorSubject(context, apps);
  const choice = await chooseWithDev(context, subject);
  const tables = needsTables ? ((await definitionsOf(context, subject))?.schema.tables ?? []) : [];
  const progress = progressLine(io.stderr, signal);
  const work = async (
    session: Session,
    stillHeld: () => Promise<void>,
  ): Promise<MaintenanceResult> =>
    runTask(task, session, tables, {
      ...options,
      onProgress: ({ table, rows }) => progress.show(rows === 0 ? table : `${table}: ${rows} rows`),
      onBatch: stillHeld,
    });
  const running =
    choice.kind === 'url'
      ? openMaintenance(choice.url, signal, work)
      : inFolder(choice.folder, signal, work);
  const result = await running.finally(progress.clear);
  io.stdout.write(printMaintenance(task, result, context));
  return 'problems' in result && result.problems.length > 0 ? 1 : 0;
}

async function runTask(
  task: MaintenanceTask,
  session: Session,
  tables: readonly Table[],
  options: CleanUpOptions,
): Promise<MaintenanceResult> {
  const { signal, onProgress } = options;
  const tending = {
    signal,
    onProgress: ({ table }: { readonly table: string }) => onProgress?.({ table, rows: 0 }),
  };
  switch (task) {
    case 'daily':
      return maintainDaily(session, tables, options);
    case 'cleanup':
      return cleanUp(session, tables, options);
    case 'analyze':
      return { analyzed: await analyzeTables(session, tending) };
    case 'vacuum':
      return { vacuumed: await vacuumTables(session, tending) };
    case 'stats':
      return { stats: await databaseStats(session) };
  }
}

function cleanUpOptions(context: CommandContext): CleanUpOptions {
  const { io, text, flag, signal } = context;
  const archive = text('archive');
  return {
    signal,
    dryRun: flag('dry-run'),
    pause: numberOf('pause', text('pause')) ?? 1,
    partitionsAhead: numberOf('ahead', text('ahead')) ?? 3,
    ...(archive !== undefined && { archive: resolve(io.cwd, archive) }),
  };
}

function numberOf(option: string, typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^\d{1,3}(?:\.\d+)?$/.test(typed) && (option !== 'ahead' || /^\d+$/.test(typed))) {
    return Number(typed);
  }
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--${option} ${JSON.stringify(typed)} is not a valid number.`,
    fix: `write a number of up to three digits, for example --${option} 2.`,
  });
}

async function inFolder<Result>(
  folder: string,
  signal: AbortSignal,
  work: (session: Session, stillHeld: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const { client, close } = await openPgliteFolder(folder, { create: false });
  try {
    return await openMaintenance(client, signal, work);
  } finally {
    await close();
  }
}
