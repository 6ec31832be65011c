import { leaseLost, type Lease } from './lease.ts';
import { answerOf, statement } from './prepared.ts';
import { arrayText, type QueueDatabase } from './queue-database.ts';
import { settingsWith, type QueueSettings } from './settings.ts';

/** A request that succeeded. */
export interface Completion {
  readonly lease: Lease;
  /** The fetched package. Its `last_fetch_success` is set, which starts the cooldown. */
  readonly packageId?: string | undefined;
}

/** Why an attempt failed. */
export interface Failure {
  /** Stored in `error_message`, which the user sees. */
  readonly message: string;
  /** `false` fails the request at once, for example because the package does not exist. */
  readonly retry?: boolean | undefined;
  /** Minimum wait in milliseconds, for example from `Retry-After`. */
  readonly retryAfter?: number | undefined;
  /** The request was never sent, so it is not to blame: this attempt is never the last. */
  readonly untried?: boolean | undefined;
  /** The original error. Not stored, but passed to the worker's event listener. */
  readonly cause?: unknown;
}

/** An attempt limit that no request reaches. */
const ENDLESS = 2 ** 31 - 1;

/**
 * Completes a request. Throws `queue/lease-lost` if the lease is no longer held, so that the
 * surrounding transaction rolls back. The package's rows and the end of its request are then
 * written together or not at all.
 */
export async function complete(
  db: QueueDatabase,
  lease: Lease,
  result: { readonly packageId?: string | undefined } = {},
): Promise<void> {
  const ended = await answerOf<readonly string[]>(
    db,
    statement`select queue.complete(${lease.holder}, ${arrayText([lease.requestId])}::text::uuid[],
      ${arrayText([lease.attempt])}::text::integer[], ${arrayText([result.packageId])}::text::uuid[]) as answer`,
  );
  if (ended.length === 0) throw leaseLost(lease);
}

/**
 * Ends a failed attempt. The request is retried with backoff or fails for good. Throws
 * `queue/lease-lost` like {@link complete}.
 */
export async function fail(
  db: QueueDatabase,
  lease: Lease,
  failure: Failure,
  settings?: Partial<QueueSettings>,
): Promise<{ readonly retryAt: Date | undefined }> {
  const { message, retry = true, retryAfter = 0, untried = false } = failure;
  // Postgres text cannot contain NUL.
  const text = message.replaceAll('\0', '');
  const own = settingsWith(settings);
  const all = JSON.stringify(untried ? { ...own, attempts: ENDLESS } : own);
  const ended = await answerOf<{ status: string; runAt: number } | null>(
    db,
    statement`select queue.fail(${lease.holder}, ${lease.requestId}::text::uuid, ${String(lease.attempt)}::text::integer, ${text},
      ${String(retry)}::text::boolean, make_interval(secs => ${String(retryAfter / 1000)}::text::float8), ${all}::text::jsonb) as answer`,
  );
  if (ended === null) throw leaseLost(lease);
  return { retryAt: ended.status === 'pending' ? new Date(ended.runAt) : undefined };
}
