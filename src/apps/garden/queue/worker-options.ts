import type { Registry } from '../tables/registry.ts';
import type { ClaimedRequest } from './claim.ts';
import type { Lease } from './lease.ts';
import type { QueueDatabase } from './queue-database.ts';
import type { Failure } from './settle.ts';
import type { QueueSettings } from './settings.ts';

/** What a handler made of a request. */
export type Outcome =
  /** The worker completes the request. */
  | { readonly state: 'completed'; readonly packageId?: string | undefined }
  /** The worker fails it, with backoff or for good. What a handler throws is the same, with a retry. */
  | { readonly state: 'failed'; readonly failure: Failure }
  /** The handler called `complete` or `fail` itself, in a transaction that has committed. */
  | { readonly state: 'settled' };

/** What a handler is given beside the request. */
export interface HandlerContext {
  /** Aborted when the worker stops or the lease is lost: stop, and write nothing more. */
  readonly signal: AbortSignal;
  /** For `complete` and `fail` within the handler's own transaction. */
  readonly lease: Lease;
}

export type Handler = (request: ClaimedRequest, context: HandlerContext) => Promise<Outcome>;

export interface WorkerOptions {
  readonly db: QueueDatabase;
  readonly handle: Handler;
  /** Stops the worker: handlers are aborted, and what it holds is handed back. */
  readonly signal: AbortSignal;
  /**
   * Ends when nothing is due that it could take, what its own work has queued included.
   * What waits for a later attempt and what other workers hold is left.
   */
  readonly once?: boolean | undefined;
  /**
   * Listens to a channel of Postgres, and gives what ends that. Without it the worker
   * only polls. With postgres.js:
   * `async (channel, wake) => (await client.listen(channel, wake)).unlisten`;
   * with PGlite: `(channel, wake) => client.listen(channel, wake)`.
   */
  readonly listen?:
    | ((channel: string, wake: () => void) => Promise<() => Promise<unknown>>)
    | undefined;
  /** Names the worker in `locked_by`; host, process and a random part where it is left out. */
  readonly holder?: string | undefined;
  /** How many handlers run at a time; 4 where it is left out. */
  readonly concurrency?: number | undefined;
  /** How many requests are claimed at a time; as many as handlers where it is left out. */
  readonly batch?: number | undefined;
  /** Only of these registries. */
  readonly registries?: readonly Registry[] | undefined;
  readonly settings?: Partial<QueueSettings> | undefined;
  /** How long aborted handlers are waited for, in milliseconds; 5 s where it is left out. */
  readonly grace?: number | undefined;
  readonly onEvent?: ((event: WorkerEvent) => void) | undefined;
}

/** What a worker tells while it works. */
export type WorkerEvent =
  | { readonly type: 'claimed'; readonly requests: readonly ClaimedRequest[] }
  | {
      readonly type: 'completed' | 'settled' | 'lost' | 'released';
      readonly request: ClaimedRequest;
    }
  | {
      readonly type: 'failed';
      readonly request: ClaimedRequest;
      readonly failure: Failure;
      /** Nothing where it failed for good. */
      readonly retryAt: Date | undefined;
    }
  /** The queue could not be reached; the worker tries again. */
  | { readonly type: 'trouble'; readonly error: unknown };
