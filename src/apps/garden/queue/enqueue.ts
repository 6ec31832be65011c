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
export interface Wish {
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

const PERSON_PRIORITY = 50;
const OWN_PRIORITY = 10;

/**
 * Enqueues a wish in one statement that is safe under concurrency. It enforces one active
 * request per package, the cooldown, and the user's limit or the root's budget.
 * Needs READ COMMITTED and a role that bypasses row-level security.
 *
 * @example
 * const answer = await enqueue(db, { packageName: 'react', registry: 'npm', requestedBy: id });
 * if (answer.state === 'limited') console.log(answer.retryAt);
 */
export async function enqueue(
  db: QueueDatabase,
  wish: Wish,
  settings?: Partial<QueueSettings>,
): Promise<Enqueued> {
  const [answer] = await enqueueAll(db, [wish], settings);
  if (answer === undefined) throw new Error('queue.enqueue returned no answer');
  return answer;
}

/**
 * Enqueues many wishes independently of each other, in one statement. Returns the outcomes in the
 * order of the wishes.
 */
export async function enqueueAll(
  db: QueueDatabase,
  wishes: readonly Wish[],
  settings?: Partial<QueueSettings>,
): Promise<readonly Enqueued[]> {
  const all = settingsWith(settings);
  if (wishes.length === 0) return [];
  const rows = JSON.stringify(wishes.map(toRow));
  const answers = await ask<Readonly<Record<string, Enqueued & { readonly retryAt?: number }>>>(
    db,
    sql`select queue.enqueue(${rows}::text::jsonb, ${JSON.stringify(all)}::text::jsonb) as answer`,
  );
  return wishes.map((_, at) => {
    const answer = answers[at]!;
    return 'retryAt' in answer ? { ...answer, retryAt: new Date(answer.retryAt) } : answer;
  });
}

function toRow(wish: Wish, at: number): object {
  if (wish.requestedBy !== undefined && wish.sourceRequestId !== undefined) {
    throw new ProblemError({
      code: 'queue/two-askers',
      message: `the request for ${wish.packageName} sets both requestedBy and sourceRequestId.`,
      fix: 'set only one. Requests of a user count against the user limit, follow-up requests against the root budget.',
    });
  }
  return {
    at,
    id: wish.id ?? newId(),
    name: wish.packageName,
    registry: wish.registry,
    person: wish.requestedBy,
    source: wish.sourceRequestId,
    priority: wish.priority ?? (wish.requestedBy === undefined ? OWN_PRIORITY : PERSON_PRIORITY),
  };
}
