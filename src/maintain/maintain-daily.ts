import type { Table } from '../model/table.ts';
import type { Session } from '../postgres/session.ts';
import { cleanUp, type CleanUpOptions, type CleanUpReport } from './clean-up.ts';
import { refreshViews, vacuumTables, type TendedTable } from './tend-tables.ts';

/** What a daily run has done. */
export interface DailyReport extends CleanUpReport {
  /** Materialized views that were refreshed. */
  readonly refreshed: readonly TendedTable[];
  /** Tables that were vacuumed and analyzed, because many of their rows had changed. */
  readonly vacuumed: readonly TendedTable[];
}

/** Cleans up, refreshes materialized views, and vacuums the tables that need it. */
export async function maintainDaily(
  session: Session,
  tables: readonly Table[],
  options: CleanUpOptions = {},
): Promise<DailyReport> {
  const cleaned = await cleanUp(session, tables, options);
  if (options.dryRun) return { ...cleaned, refreshed: [], vacuumed: [] };
  const { signal, onProgress } = options;
  const tending = {
    signal,
    onProgress: ({ table }: { readonly table: string }) => onProgress?.({ table, rows: 0 }),
  };
  return {
    ...cleaned,
    refreshed: await refreshViews(session, tending),
    vacuumed: await vacuumTables(session, { ...tending, only: ({ isDue }) => isDue }),
  };
}
