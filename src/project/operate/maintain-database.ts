import { cleanUp, type CleanUpOptions, type CleanUpReport } from '../../maintain/clean-up.ts';
import { maintainDaily, type DailyReport } from '../../maintain/maintain-daily.ts';
import type { MaintenanceTarget } from '../../maintain/maintenance-target.ts';
import { openMaintenance } from '../../maintain/open-maintenance.ts';
import { requireVersions } from '../../report/require-versions.ts';
import { schemaOf } from './schema-of.ts';

/** The exports of the schema files. */
type Exports = Readonly<Record<string, unknown>>;

/**
 * Deletes the rows that `retain()` no longer keeps, and orphans, makes partitions and drops
 * expired ones, like `garden maintain cleanup`.
 *
 * @param target a `postgres://` URL, or an open PGlite.
 * @example
 * const { tables } = await cleanUpDatabase(process.env.DATABASE_URL!, { notes });
 */
export async function cleanUpDatabase(
  target: MaintenanceTarget,
  schema: Exports,
  options: CleanUpOptions = {},
): Promise<CleanUpReport> {
  requireVersions(['drizzle-orm', 'zod']);
  const { tables } = schemaOf(schema);
  return openMaintenance(target, options.signal, (session, onBatch) =>
    cleanUp(session, tables, { ...options, onBatch }),
  );
}

/**
 * Everything that a database needs once a day, like `garden maintain daily`: cleanup, then
 * fresh materialized views, and VACUUM for the tables that need it.
 *
 * @param target a `postgres://` URL, or an open PGlite.
 * @example
 * const { vacuumed } = await maintainDatabase(process.env.DATABASE_URL!, { notes });
 */
export async function maintainDatabase(
  target: MaintenanceTarget,
  schema: Exports,
  options: CleanUpOptions = {},
): Promise<DailyReport> {
  requireVersions(['drizzle-orm', 'zod']);
  const { tables } = schemaOf(schema);
  return openMaintenance(target, options.signal, (session, onBatch) =>
    maintainDaily(session, tables, { ...options, onBatch }),
  );
}
