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

/** A claimed request and its lease. */
export interface ClaimedRequest extends Pick<PackageRequest, (typeof COLUMNS)[number]> {
  readonly lease: Lease;
}

export interface ClaimOptions {
  /** Name of the claiming worker. Must be unique among workers. */
  readonly holder: string;
  /** Maximum number of requests to claim. */
  readonly limit: number;
  /** Registries to claim from. Defaults to all. */
  readonly registries?: readonly Registry[] | undefined;
  readonly settings?: Partial<QueueSettings> | undefined;
}

/**
 * Claims due requests, highest priority first. Within one priority, registries and root requests
 * alternate. A lease lasts `settings.lease`. Expired leases are claimed like pending requests.
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

/** `queue.claim` returns each request as an array of values in the order of `COLUMNS`. */
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
