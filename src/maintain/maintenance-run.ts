import type { Table } from '../model/table.ts';
import type { BatchTools } from './retention/delete-in-batches.ts';

/** What the parts of one cleanup share. */
export interface MaintenanceRun {
  readonly tables: readonly Table[];
  /** The present time of the database, as text. */
  readonly now: string;
  /** The day of the run: `2026-11-30`. */
  readonly day: string;
  readonly database: string;
  /** The folder of archives. */
  readonly archive: string | undefined;
  readonly dryRun: boolean;
  readonly partitionsAhead: number;
  toolsFor(table: string): BatchTools;
}
