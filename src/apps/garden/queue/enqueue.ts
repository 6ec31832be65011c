import { sql } from 'drizzle-orm';
import type { Registry } from '../tables/registry.ts';
import { newId } from '../../../kit/index.ts';
import { ProblemError } from '../../../report/problem.ts';
import { ask, type QueueDatabase } from './queue-database.ts';
import { settingsWith, type QueueSettings } from './settings.ts';

/**
 * A package to request, on behalf of a user, of another request whose package needs it, or of the
 * system.
 */
export interface NewRequest {
  readonly packageName: string;
  readonly registry: Registry;
  /** The id of the request, if the client already shows it. Defaults to a new id. */
  readonly id?: string;
  /** The user who makes the request. The user limit applies. */
  readonly requestedBy?: string;
  /**
   * The request whose package needs this one. It determines the root and the depth. The request
   * counts against the root's budget.
   */
  readonly sourceRequestId?: string;
  /** Defaults to 50 for a user's request and to 10 for all others. */
  readonly priority?: number;
}

/** Result of {@link enqueue}. */
export type Enqueued =
  | { readonly state: 'queued'; readonly id: string }
  /** The package already has a request that is pending or being fetched. */
  | { readonly state: 'active'; readonly id: string }
  /** The package was fetched within the cooldown. */
  | { readonly state: 'fresh'; readonly packageId: string; readonly retryAt: Date }
  /** The user has reached the request limit. */
  | { readonly state: 'limited'; readonly retryAt: Date }
  | { readonly state: 'over-budget'; readonly rootRequestId: string }
  | { readonly state: 'too-deep'; readonly rootRequestId: string };

const USER_PRIORITY = 50;
const SYSTEM_PRIORITY = 10;

/**
 * Enqueues a request in one statement that is safe under concurrency. It enforces one active
 * request per package, the cooldown, and the user's limit or the root's budget.
 * Needs READ COMMITTED and a role that bypasses row-level security.
 *
 * @example
 * const answer = await enqueue(db, { packageName: 'react', registry: 'npm', requestedBy: id });
 * if (answer.state === 'limited') console.log(answer.retryAt);
 */
export async function enqueue(
  db: QueueDatabase,
  request: NewRequest,
  settings?: Partial<QueueSettings>,
): Promise<Enqueued> {
  const [answer] = await enqueueAll(db, [request], settings);
  if (answer === undefined) throw new Error('queue.enqueue returned no answer');
  return answer;
}

/**
 * Enqueues many requests independently of each other, in one statement. Returns the outcomes in the
 * order of the requests.
 */
export async function enqueueAll(
  db: QueueDatabase,
  requests: readonly NewRequest[],
  settings?: Partial<QueueSettings>,
): Promise<readonly Enqueued[]> {
  const all = settingsWith(settings);
  if (requests.length === 0) return [];
  const rows = JSON.stringify(requests.map(toRow));
  const answers = await ask<Readonly<Record<string, Enqueued & { readonly retryAt?: number }>>>(
    db,
    sql`select queue.enqueue(${rows}::text::jsonb, ${JSON.stringify(all)}::text::jsonb) as answer`,
  );
  return requests.map((_, at) => {
    const answer = answers[at]!;
    return 'retryAt' in answer ? { ...answer, retryAt: new Date(answer.retryAt) } : answer;
  });
}

function toRow(request: NewRequest, at: number): object {
  if (request.requestedBy !== undefined && request.sourceRequestId !== undefined) {
    throw new ProblemError({
      code: 'queue/two-origins',
      message: `the request for ${request.packageName} sets both requestedBy and sourceRequestId.`,
      fix: 'set only one. Requests of a user count against the user limit, follow-up requests against the root budget.',
    });
  }
  return {
    at,
    id: request.id ?? newId(),
    name: request.packageName,
    registry: request.registry,
    requested_by: request.requestedBy,
    source: request.sourceRequestId,
    priority:
      request.priority ?? (request.requestedBy === undefined ? SYSTEM_PRIORITY : USER_PRIORITY),
  };
}
