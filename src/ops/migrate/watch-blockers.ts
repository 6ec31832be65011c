import type { Blocker } from './blocker.ts';
import type { Session } from './session.ts';

export interface BlockerWatch {
  /** Who was last seen to block the statement. */
  readonly seen: readonly Blocker[];
  stop(): void;
}

/**
 * Asks again and again who blocks the running statement: once it has failed, it
 * waits no longer, and Postgres has forgotten whom for.
 */
export function watchBlockers(
  session: Session,
  lockTimeout: number,
  report: (by: readonly Blocker[]) => void,
): BlockerWatch {
  const watch = { seen: [] as readonly Blocker[], stop: () => clearInterval(timer) };
  let asking = false;
  let stopped = false;
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    const by = await session.blockers();
    asking = false;
    if (by.length === 0 || stopped) return;
    const news = by.some((blocker) => !watch.seen.some((old) => old.pid === blocker.pid));
    watch.seen = by;
    if (news) report(by);
  };
  const timer = setInterval(() => void ask(), Math.min(1000, Math.max(20, lockTimeout / 4)));
  watch.stop = () => {
    stopped = true;
    clearInterval(timer);
  };
  return watch;
}
