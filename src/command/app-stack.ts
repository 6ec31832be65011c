import type { OnStage } from '../processes/stage.ts';

/** Lets `garden dev` start an app on one machine, and verify that it syncs. */
export interface AppStack {
  start(options: StackOptions): Promise<RunningStack>;
  /** Reads and writes through the stack with several clients. Returns the result as a sentence. */
  prove(stack: RunningStack): Promise<string>;
}

export interface StackOptions {
  /** Folder of data that persists between runs. */
  readonly folder: string;
  /** The user's Postgres. Default: an embedded Postgres. */
  readonly databaseUrl?: string;
  /** Source of the URL, for messages. */
  readonly databaseSource?: string;
  /** Port of the page and the endpoints. Default: a free port. */
  readonly port?: number | undefined;
  /** First of the consecutive ports of zero-cache, three per process. Default: free ports. */
  readonly zeroPort?: number | undefined;
  readonly viewSyncers: number;
  /** Deletes the stack's own data before the start. Never deletes the user's database. */
  readonly reset: boolean;
  /** The command of a worker, which receives DATABASE_URL. Without a worker, requests stay pending. */
  readonly worker?: readonly [string, ...string[]];
  readonly onStage: OnStage;
  /** Called with errors of the endpoints. */
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** A running app with sync. */
export interface RunningStack {
  /** URL of the page; the endpoints are below /api. */
  readonly url: string;
  /** URLs for clients; several with more than one view-syncer. */
  readonly cacheUrls: readonly string[];
  /** Includes the password. */
  readonly databaseUrl: string;
  /** Rejects if a part exits unexpectedly. */
  readonly crashed: Promise<never>;
  stop(): Promise<void>;
}
