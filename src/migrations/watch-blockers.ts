import type { Blocker } from '../postgres/blocker.ts';
import type { Session } from '../postgres/session.ts';

export interface BlockerWatch {
  /** The blockers at the last poll that found any. */
  readonly seen: readonly Blocker[];
  stop(): void;
}

/**
 * Polls for blockers while the statement runs: after it fails, Postgres no longer knows
 * which session it waited for.
 */
export function watchBlockers(
  session: Session,
  lockTimeout: number,
  report: (by: readonly Blocker[]) => void,
): BlockerWatch {
  let seen: readonly Blocker[] = [];
  let polling = false;
  let stopped = false;
  const poll = async (): Promise<void> => {
    if (polling) return;
    polling = true;
    const by = await session.blockers();
    polling = false;
    if (by.length === 0 || stopped) return;
    const news = by.some((blocker) => !seen.some((old) => old.pid === blocker.pid));
    seen = by;
    if (news) report(by);
  };
  const timer = setInterval(
    // Only `report` can throw, and the statement must not fail because of it.
    () => void poll().catch(() => {}),
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
