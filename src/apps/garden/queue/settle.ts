import { leaseLost, type Lease } from './lease.ts';
import { answerOf, statement } from './prepared.ts';
import { arrayText, type QueueDatabase } from './queue-database.ts';
import { settingsWith, type QueueSettings } from './settings.ts';

/** A request that ended well. */
export interface Completion {
  readonly lease: Lease;
  /** What it led to. Its `last_fetch_success` is set, from which the cooldown counts. */
  readonly packageId?: string | undefined;
}

/** How an attempt failed. */
export interface Failure {
  /** Kept in `error_message`, where the person reads it. */
  readonly message: string;
  /** `false` gives up at once: there is no such package, say. */
  readonly retry?: boolean | undefined;
  /** At least so long a wait, for example what `Retry-After` said. Milliseconds. */
  readonly retryAfter?: number | undefined;
  /** The request was not even begun, so what failed is not its own: this attempt is never the last. */
  readonly untried?: boolean | undefined;
  /** What is behind it. Not kept, but told to whoever hears the worker's events. */
  readonly cause?: unknown;
}

/** More than any request gets to. */
const ENDLESS = 2 ** 31 - 1;

/**
 * Ends a request well. Throws `queue/lease-lost` where the lease is no longer held, so
 * that a transaction in which it is called rolls back: the package's rows and the end
 * of its request are written together, or not at all.
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
 * Ends an attempt badly. The request waits for its next one, longer each time, or fails
 * for good. Throws as {@link complete} does.
 */
export async function fail(
  db: QueueDatabase,
  lease: Lease,
  failure: Failure,
  settings?: Partial<QueueSettings>,
): Promise<{ readonly retryAt: Date | undefined }> {
  const { message, retry = true, retryAfter = 0, untried = false } = failure;
  // Postgres has no text with a NUL in it.
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
