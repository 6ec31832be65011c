import { sql } from 'drizzle-orm';
import type { Registry } from '../apps/garden/registry.ts';
import { ProblemError } from '../problem.ts';
import { claimCall, readClaimed } from './claim.ts';
import type { Held, HeldRequests } from './held-requests.ts';
import { release } from './hold.ts';
import { ask, type QueueDatabase } from './queue-database.ts';
import { completeCall, fail } from './settle.ts';
import type { QueueSettings } from './settings.ts';
import type { WorkerEvent } from './worker-options.ts';

/** What a turn works with. */
export interface Turn {
  readonly db: QueueDatabase;
  readonly held: HeldRequests;
  readonly holder: string;
  readonly settings: QueueSettings;
  readonly registries?: readonly Registry[] | undefined;
  readonly onEvent: (event: WorkerEvent) => void;
  /** How many to claim. */
  readonly limit: number;
}

/**
 * Ends what is done, and claims more: in one statement where nothing failed. Gives how
 * many were claimed. Throws where the database cannot be reached; what was to be ended
 * is then still held, and ended the next time.
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
  const answer = await ask<{ done: readonly string[]; claimed: readonly (readonly unknown[])[] }>(
    db,
    // Left to right: what the first call ends is not in the second one's way.
    sql`select '{"done":' || ${done.length === 0 ? sql`'[]'` : completeCall(holder, completions)}
      || ',"claimed":' || ${limit === 0 ? sql`'[]'` : claimCall(holder, limit, { registries: turn.registries, settings })}
      || '}' as answer`.inlineParams(),
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
