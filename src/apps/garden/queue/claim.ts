import type { PackageRequest } from '../tables/package-requests.ts';
import { registries, type Registry } from '../tables/registry.ts';
import type { Lease } from './lease.ts';
import { answerOf, statement } from './prepared.ts';
import { arrayText, type QueueDatabase } from './queue-database.ts';
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
  const { lease, attempts } = settingsWith(options.settings);
  const answer = await answerOf<readonly (readonly unknown[])[]>(
    db,
    statement`select queue.claim(${options.holder}, make_interval(secs => ${String(lease / 1000)}::text::float8),
      ${String(options.limit)}::text::integer, ${arrayText(options.registries ?? registries)}::text::text[],
      ${String(attempts)}::text::integer) as answer`,
  );
  return readClaimed(options.holder, answer);
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
