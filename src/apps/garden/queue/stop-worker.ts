import type { Bell } from './bell.ts';
import { release } from './hold.ts';
import { takeTurn, type Turn } from './take-turn.ts';

interface Stopping extends Omit<Turn, 'limit'> {
  readonly bell: Bell;
  /** How long handlers are waited for. They have been told to stop. */
  readonly grace: number;
}

/**
 * Hands back what a worker holds. What a handler still works on after the grace is left
 * to its lease: nobody else may have it before that, or it would run twice at a time.
 */
export async function stopWorker({ bell, grace, ...turn }: Stopping): Promise<void> {
  const { db, held, onEvent } = turn;
  const until = performance.now() + grace;
  try {
    const waiting = held.in('waiting');
    await release(
      db,
      waiting.map(({ request }) => request.lease),
    );
    for (const one of waiting) {
      if (held.drop(one)) onEvent({ type: 'released', request: one.request });
    }
    while (held.count('running') > 0 && performance.now() < until) {
      await bell.wait(until - performance.now());
    }
    await takeTurn({ ...turn, limit: 0 });
  } catch (error) {
    // The leases run out by themselves.
    onEvent({ type: 'trouble', error });
  }
}
