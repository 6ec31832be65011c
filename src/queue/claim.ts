import { sql, type SQL } from 'drizzle-orm';
import type { PackageRequest } from '../apps/garden/package-requests.ts';
import { registries, type Registry } from '../apps/garden/registry.ts';
import type { Lease } from './lease.ts';
import { ask, arrayText, type QueueDatabase } from './queue-database.ts';
import { settingsWith, type QueueSettings } from './settings.ts';

const COLUMNS = [
  'id',
  'packageName',
  'registry',
  'requestedBy',
  'sourceRequestId',
  'rootRequestId',
  'isAutoQueued',
  'depth',
  'priority',
  'attemptCount',
] as const satisfies readonly (keyof PackageRequest)[];

/** A request that was claimed, with the lease to work on it. */
export interface ClaimedRequest extends Pick<PackageRequest, (typeof COLUMNS)[number]> {
  readonly lease: Lease;
}

export interface ClaimOptions {
  /** Who claims: a name that no other worker has. */
  readonly holder: string;
  /** At most so many. */
  readonly limit: number;
  /** Only of these registries; of all where it is left out. */
  readonly registries?: readonly Registry[] | undefined;
  readonly settings?: Partial<QueueSettings> | undefined;
}

/**
 * Claims what is due: the highest priority first, within one priority the registries
 * and the root requests by turns. A claim holds for `settings.lease`. What a lost
 * worker left is claimed like what waits.
 */
export async function claim(
  db: QueueDatabase,
  options: ClaimOptions,
): Promise<readonly ClaimedRequest[]> {
  const call = claimCall(options.holder, options.limit, options);
  return readClaimed(options.holder, await ask(db, sql`select ${call} as answer`.inlineParams()));
}

/** The call, to stand alone or beside others in a statement. */
export function claimCall(
  holder: string,
  limit: number,
  options: Pick<ClaimOptions, 'registries' | 'settings'>,
): SQL {
  const { lease, attempts } = settingsWith(options.settings);
  const from = arrayText(options.registries ?? registries);
  return sql`queue.claim(${holder}, make_interval(secs => ${lease / 1000}), ${limit}, ${from}, ${attempts})`;
}

/** The requests come as bare values, in the order of the columns above. */
export function readClaimed(
  holder: string,
  rows: readonly (readonly unknown[])[],
): readonly ClaimedRequest[] {
  return rows.map((row) => {
    const values = Object.fromEntries(COLUMNS.map((name, at) => [name, row[at]]));
    const request = values as Pick<PackageRequest, (typeof COLUMNS)[number]>;
    return { ...request, lease: { requestId: request.id, holder, attempt: request.attemptCount } };
  });
}
