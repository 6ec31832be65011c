import { registries, type Registry } from '../tables/registry.ts';
import { ProblemError } from '../../../report/problem.ts';
import { readClaimed } from './claim.ts';
import type { Held, HeldRequests } from './held-requests.ts';
import { release } from './hold.ts';
import { answerOf, statement } from './prepared.ts';
import { arrayText, type QueueDatabase } from './queue-database.ts';
import { fail } from './settle.ts';
import type { QueueSettings } from './settings.ts';
import type { WorkerEvent } from './worker-options.ts';

/** Input of a turn. */
export interface Turn {
  readonly db: QueueDatabase;
  readonly held: HeldRequests;
  readonly holder: string;
  readonly settings: QueueSettings;
  readonly registries?: readonly Registry[] | undefined;
  readonly onEvent: (event: WorkerEvent) => void;
  /** Maximum number of requests to claim. */
  readonly limit: number;
}

/**
 * Ends finished requests and claims new ones, in one statement if nothing failed. Returns the
 * number of claimed requests. Throws if the database cannot be reached; finished requests are then
 * still held and end in the next turn.
 */
export async function takeTurn(turn: Turn): Promise<number> {
  const { db, held, holder, settings, onEvent, limit } = turn;
  for (const one of held.in('failed')) await endFailed(one, turn);
  const stopped = held.in('stopped');
  if (stopped.length > 0) {
    await release(
      db,
      stopped.map(({ request }) => request.lease),
    );
    for (const one of stopped) end(one, 'released', turn);
  }
  const done = held.in('completed');
  if (done.length === 0 && limit === 0) return 0;
  const completions = done.flatMap(({ state }) =>
    state.is === 'completed' ? [state.completion] : [],
  );
  const asked = performance.now();
  // Sorted by id, so that concurrent statements cannot deadlock.
  const sorted = completions.toSorted((a, b) => (a.lease.requestId < b.lease.requestId ? -1 : 1));
  const answer = await answerOf<{
    readonly done: readonly string[];
    readonly claimed: readonly (readonly unknown[])[];
  }>(
    db,
    statement`select queue.turn(${holder}, ${arrayText(sorted.map(({ lease }) => lease.requestId))}::text::uuid[],
      ${arrayText(sorted.map(({ lease }) => lease.attempt))}::text::integer[],
      ${arrayText(sorted.map(({ packageId }) => packageId))}::text::uuid[],
      make_interval(secs => ${String(settings.lease / 1000)}::text::float8), ${String(limit)}::text::integer,
      ${arrayText(turn.registries ?? registries)}::text::text[], ${String(settings.attempts)}::text::integer) as answer`,
  );
  const ended = new Set(answer.done);
  for (const one of done) end(one, ended.has(one.request.id) ? 'completed' : 'lost', turn);
  const requests = readClaimed(holder, answer.claimed);
  for (const request of requests) held.add(request, asked + settings.lease);
  if (requests.length > 0) onEvent({ type: 'claimed', requests });
  return requests.length;
}

async function endFailed(one: Held, { db, held, settings, onEvent }: Turn): Promise<void> {
  if (one.state.is !== 'failed') return;
  const { request } = one;
  const { failure } = one.state;
  try {
    const { retryAt } = await fail(db, request.lease, failure, settings);
    if (held.drop(one)) onEvent({ type: 'failed', request, failure, retryAt });
  } catch (error) {
    if (!isLeaseLost(error)) throw error;
    if (held.drop(one)) onEvent({ type: 'lost', request });
  }
}

function end(one: Held, type: 'completed' | 'lost' | 'released', { held, onEvent }: Turn): void {
  if (held.drop(one)) onEvent({ type, request: one.request });
}

const isLeaseLost = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'queue/lease-lost';
