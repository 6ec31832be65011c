import type { OnStage } from '../processes/stage.ts';

/** How `garden dev` starts an app on one machine, and proves that it syncs. */
export interface AppStack {
  start(options: StackOptions): Promise<RunningStack>;
  /** Lets clients read and write through it. Gives what they saw, as a sentence. */
  prove(stack: RunningStack): Promise<string>;
}

export interface StackOptions {
  /** Where data is kept between runs. */
  readonly folder: string;
  /** A Postgres of the user's; an embedded one where it is left out. */
  readonly databaseUrl?: string;
  /** Where its address comes from, for messages. */
  readonly databaseSource?: string;
  /** Where the page and the endpoints are served; a free one where it is left out. */
  readonly port?: number | undefined;
  /** zero-cache's, and the next two; free ones where it is left out. */
  readonly zeroPort?: number | undefined;
  readonly viewSyncers: number;
  /** Begins with new data. Only what this stack keeps itself; never a database of the user's. */
  readonly reset: boolean;
  /** The command of a worker, which gets DATABASE_URL. Without one, requests wait. */
  readonly worker?: readonly [string, ...string[]];
  readonly onStage: OnStage;
  /** What went wrong in an endpoint. */
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** An app that syncs. */
export interface RunningStack {
  /** The page, and the endpoints below /api. */
  readonly url: string;
  /** Where clients connect; more than one with several view-syncers. */
  readonly cacheUrls: readonly string[];
  /** With its password. */
  readonly databaseUrl: string;
  /** Rejects when a part ends by itself. */
  readonly crashed: Promise<never>;
  stop(): Promise<void>;
}
