import type { Session } from '../postgres/session.ts';
import { readDatabaseError } from '../postgres/database-error.ts';
import { maintainedTables, type MaintainedTable } from './maintained-tables.ts';

/** A statement of maintenance that ran on one table. */
export interface TendedTable {
  readonly table: string;
  readonly milliseconds: number;
  /** Why it did not run to its end. */
  readonly skipped?: string;
}

export interface TendOptions {
  /** Which tables; all by default. */
  readonly only?: (table: MaintainedTable) => boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly table: string }) => void) | undefined;
}

/** Runs VACUUM (ANALYZE) on each table, in a statement of its own. A locked table is skipped. */
export const vacuumTables = (
  session: Session,
  options: TendOptions = {},
): Promise<readonly TendedTable[]> =>
  tend(session, options, ({ name }) => `vacuum (analyze, skip_locked) ${name}`);

/** Runs ANALYZE on each table, in a statement of its own. A locked table is skipped. */
export const analyzeTables = (
  session: Session,
  options: TendOptions = {},
): Promise<readonly TendedTable[]> =>
  tend(session, options, ({ name }) => `analyze (skip_locked) ${name}`);

/** Refreshes the materialized views; those with a unique index without blocking readers. */
export const refreshViews = (
  session: Session,
  options: TendOptions = {},
): Promise<readonly TendedTable[]> =>
  tend(
    session,
    { ...options, only: ({ kind }) => kind === 'materialized view' },
    ({ name, isUnique }) => `refresh materialized view ${isUnique ? 'concurrently ' : ''}${name}`,
  );

async function tend(
  session: Session,
  { only = () => true, signal, onProgress }: TendOptions,
  statement: (table: MaintainedTable) => string,
): Promise<readonly TendedTable[]> {
  const tended: TendedTable[] = [];
  for (const table of await maintainedTables(session)) {
    if (!only(table)) continue;
    signal?.throwIfAborted();
    onProgress?.({ table: table.name });
    const started = performance.now();
    let skipped: string | undefined;
    try {
      await session.run(statement(table));
    } catch (error) {
      skipped = readDatabaseError(error)?.message;
      if (skipped === undefined) throw error;
    }
    tended.push({
      table: table.name,
      milliseconds: Math.round(performance.now() - started),
      ...(skipped !== undefined && { skipped }),
    });
  }
  return tended;
}
