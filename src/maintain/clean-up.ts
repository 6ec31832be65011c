import type { Table } from '../model/table.ts';
import type { Session } from '../postgres/session.ts';
import type { Problem } from '../report/problem.ts';
import { cleanTable, type CleanedTable } from './retention/clean-table.ts';
import { cleanOrphans, type CleanedOrphans } from './retention/clean-orphans.ts';
import { keepPartitions, type KeptPartitions } from './retention/keep-partitions.ts';
import type { MaintenanceRun } from './maintenance-run.ts';
import { startPace } from './pace.ts';
import { refreshRollups, type RefreshedRollup } from './rollups/refresh-rollups.ts';
import { readDatabaseError } from '../postgres/database-error.ts';

export interface CleanUpOptions {
  /** The folder of archives. Rows of a retention with `archive` are kept without it. */
  readonly archive?: string | undefined;
  /** Counts the rows, and deletes nothing. */
  readonly dryRun?: boolean | undefined;
  /** The pause after each batch, as a multiple of its duration. Default: 1. */
  readonly pause?: number | undefined;
  /** Partitions made ahead of the current one. Default: 3. */
  readonly partitionsAhead?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CleanUpProgress) => void) | undefined;
  /** Called before each batch. It throws if the run no longer holds its lock. */
  readonly onBatch?: (() => Promise<void>) | undefined;
}

export interface CleanUpProgress {
  readonly table: string;
  /** Rows so far. */
  readonly rows: number;
}

/** What a run has done. */
export interface CleanUpReport {
  /** The present time of the database, to which all ages are relative. */
  readonly at: string;
  /** Rollups that were computed again, before rows were deleted. */
  readonly rollups: readonly RefreshedRollup[];
  readonly tables: readonly CleanedTable[];
  readonly orphans: readonly CleanedOrphans[];
  readonly partitions: readonly KeptPartitions[];
  /** Tables that could not be cleaned. */
  readonly problems: readonly Problem[];
}

/** Deletes expired rows and orphans, and makes and drops partitions. */
export async function cleanUp(
  session: Session,
  tables: readonly Table[],
  options: CleanUpOptions = {},
): Promise<CleanUpReport> {
  const { signal, onProgress, onBatch = async () => {}, pause = 1 } = options;
  const [time] = await session.rows<{
    readonly now: string;
    readonly day: string;
    readonly name: string;
  }>(
    `select now()::text as now, to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day, current_database() as name`,
  );
  const now = time?.now ?? '';
  const problems: Problem[] = [];
  const toolsFor = (table: string) => ({
    session,
    pace: startPace({ rows: 500, pause, signal }),
    onBatch: async (rows: number) => {
      signal?.throwIfAborted();
      onProgress?.({ table, rows });
      await onBatch();
    },
  });
  const run: MaintenanceRun = {
    tables,
    now,
    day: time?.day ?? '',
    database: time?.name ?? '',
    archive: options.archive,
    dryRun: options.dryRun ?? false,
    partitionsAhead: options.partitionsAhead ?? 3,
    toolsFor,
  };
  const attempt = async <Result>(table: string, work: () => Promise<Result>): Promise<Result[]> => {
    try {
      return [await work()];
    } catch (error) {
      signal?.throwIfAborted();
      problems.push(refusedTable(table, error, session.place));
      return [];
    }
  };
  // Marks of dropped rows would compute nothing.
  const rollups = await attempt('', () => refreshRollups(session, tables, onBatch));
  const partitions: KeptPartitions[] = [];
  const cleaned: CleanedTable[] = [];
  for (const table of tables) {
    for (const retention of table.retentions ?? []) {
      cleaned.push(...(await attempt(table.id, () => cleanTable(run, table, retention))));
    }
    if (table.partition?.every !== undefined) {
      partitions.push(...(await attempt(table.id, () => keepPartitions(run, table))));
    }
  }
  const orphans = await attempt('', () => cleanOrphans(run));
  return {
    at: now,
    rollups: rollups.flat(),
    tables: cleaned,
    orphans: orphans.flat(),
    partitions,
    problems,
  };
}

/** A table that cannot be cleaned does not prevent the others. Other errors end the run. */
function refusedTable(table: string, error: unknown, place: string): Problem {
  const said = readDatabaseError(error);
  const fix = said && FIXES[said.code];
  if (fix === undefined) throw error;
  return {
    code: 'maintain/refused',
    message: `${table === '' ? 'rows' : `rows of ${table}`} could not be deleted: ${said?.message ?? ''}.`,
    context: [place],
    fix,
  };
}

const FIXES: Readonly<Record<string, string>> = {
  '23503':
    'give the table that refers to the rows a retention too, or let its foreign key cascade.',
  '42501':
    'log in as the owner of the tables, with BYPASSRLS if row-level security is forced, or as a superuser.',
  '3F000': 'apply the migrations with garden migrate.',
  '42883': 'apply the migrations with garden migrate.',
  '42P01': 'apply the migrations with garden migrate.',
  '42703': 'apply the migrations with garden migrate.',
  '55P03':
    'another transaction holds a lock on the table: garden doctor names it. Run it again later.',
  '57014': 'add an index on the time column of the table.',
};
