import type { Bell } from './bell.ts';
import { release } from './hold.ts';
import { takeTurn, type Turn } from './take-turn.ts';

interface Stopping extends Omit<Turn, 'limit'> {
  readonly bell: Bell;
  /** How long to wait for aborted handlers, in milliseconds. */
  readonly grace: number;
}

/**
 * Releases the requests that a worker holds. A request whose handler still runs after the grace
 * period keeps its lease until it expires; otherwise two workers could run it at the same time.
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
    // The leases expire.
    onEvent({ type: 'trouble', error });
  }
}
