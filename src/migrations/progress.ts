import type { Blocker } from '../postgres/blocker.ts';

/** What {@link migrate} reports while it works. */
export type MigrateProgress =
  /** Another process migrates this database; `holder` is missing when it ended this instant. */
  | {
      readonly type: 'waiting';
      readonly holder: Blocker | undefined;
      readonly milliseconds: number;
    }
  | {
      readonly type: 'planned';
      readonly pending: readonly string[];
      readonly alreadyApplied: number;
    }
  | {
      readonly type: 'applying';
      readonly tag: string;
      readonly number: number;
      readonly total: number;
    }
  /** A statement waits for a lock of somebody else's. */
  | {
      readonly type: 'blocked';
      readonly tag: string;
      readonly statement: number;
      readonly by: readonly Blocker[];
    }
  /** Run, not yet committed: all pending files are committed together. */
  | { readonly type: 'applied'; readonly tag: string; readonly milliseconds: number };

export type OnProgress = (event: MigrateProgress) => void;
