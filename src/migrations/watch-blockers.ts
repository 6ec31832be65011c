import type { Blocker } from '../postgres/blocker.ts';
import type { Session } from '../postgres/session.ts';

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
  let seen: readonly Blocker[] = [];
  let asking = false;
  let stopped = false;
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    const by = await session.blockers();
    asking = false;
    if (by.length === 0 || stopped) return;
    const news = by.some((blocker) => !seen.some((old) => old.pid === blocker.pid));
    seen = by;
    if (news) report(by);
  };
  const timer = setInterval(
    // Only a report can throw, and the statement must not fail for that.
    () => void ask().catch(() => {}),
    Math.min(1000, Math.max(20, lockTimeout / 4)),
  );
  return {
    get seen() {
      return seen;
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
