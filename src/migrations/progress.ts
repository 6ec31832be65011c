import type { Blocker } from '../postgres/blocker.ts';

/** Progress events of {@link migrate}. */
export type MigrateProgress =
  /** Another process is migrating this database; `holder` is missing if it has just finished. */
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
  /** A statement waits for a lock of another session. */
  | {
      readonly type: 'blocked';
      readonly tag: string;
      readonly statement: number;
      readonly by: readonly Blocker[];
    }
  /** Applied but not committed: all pending migrations are committed together. */
  | { readonly type: 'applied'; readonly tag: string; readonly milliseconds: number };

export type OnProgress = (event: MigrateProgress) => void;
