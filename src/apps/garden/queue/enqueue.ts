import { sql } from 'drizzle-orm';
import type { Registry } from '../tables/registry.ts';
import { newId } from '../../../kit/index.ts';
import { ProblemError } from '../../../report/problem.ts';
import { ask, type QueueDatabase } from './queue-database.ts';
import { settingsWith, type QueueSettings } from './settings.ts';

/** A wish for a package: of a person, of a request whose package needs it, or of the garden itself. */
export interface Wish {
  readonly packageName: string;
  readonly registry: Registry;
  /** Set by a client that already shows the request; a new one where it is left out. */
  readonly id?: string;
  /** The person, who is held to the limit. */
  readonly requestedBy?: string;
  /** The request whose package needs this one. Root and depth follow from it, and the root's budget pays. */
  readonly sourceRequestId?: string;
  /** 50 for a person's, 10 for the others, where it is left out. */
  readonly priority?: number;
}

/** What came of a wish. */
export type Enqueued =
  | { readonly state: 'queued'; readonly id: string }
  /** It waits already, or is being fetched. */
  | { readonly state: 'active'; readonly id: string }
  /** It was fetched within the cooldown. */
  | { readonly state: 'fresh'; readonly packageId: string; readonly retryAt: Date }
  /** The person has asked often enough for now. */
  | { readonly state: 'limited'; readonly retryAt: Date }
  | { readonly state: 'over-budget'; readonly rootRequestId: string }
  | { readonly state: 'too-deep'; readonly rootRequestId: string };

const PERSON_PRIORITY = 50;
const OWN_PRIORITY = 10;

/**
 * Decides about a wish, in one statement that concurrent callers cannot beat: one
 * active request a package, the cooldown, the person's limit or the root's budget.
 * Needs READ COMMITTED, and a role that row-level security does not hold.
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
  if (answer === undefined) throw new Error('queue.enqueue gave no answer');
  return answer;
}

/** Decides about many wishes, each by itself, in one statement. The answers stand in the order of the wishes. */
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
      message: `the wish for ${wish.packageName} names a person and a source request.`,
      fix: 'give one: a limit holds the person, a budget what their request leads to.',
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
