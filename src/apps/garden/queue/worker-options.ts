import type { Registry } from '../tables/registry.ts';
import type { ClaimedRequest } from './claim.ts';
import type { Lease } from './lease.ts';
import type { QueueDatabase } from './queue-database.ts';
import type { Failure } from './settle.ts';
import type { QueueSettings } from './settings.ts';

/** Result of a handler. */
export type Outcome =
  /** The worker completes the request. */
  | { readonly state: 'completed'; readonly packageId?: string | undefined }
  /**
   * The worker fails the request, with backoff or for good. A thrown error does the same, with a
   * retry.
   */
  | { readonly state: 'failed'; readonly failure: Failure }
  /** The handler called `complete` or `fail` itself, in a transaction that has committed. */
  | { readonly state: 'settled' };

/** Second argument of a handler. */
export interface HandlerContext {
  /**
   * Aborted when the worker stops or the lease is lost. The handler must then stop and write
   * nothing more.
   */
  readonly signal: AbortSignal;
  /** The argument for `complete` and `fail` within the handler's own transaction. */
  readonly lease: Lease;
}

export type Handler = (request: ClaimedRequest, context: HandlerContext) => Promise<Outcome>;

export interface WorkerOptions {
  readonly db: QueueDatabase;
  readonly handle: Handler;
  /** Stops the worker: aborts its handlers and releases its requests. */
  readonly signal: AbortSignal;
  /**
   * Ends when no request is due for this worker, including requests that its own handlers queued.
   * Requests that wait for a retry or that other workers hold are left.
   */
  readonly once?: boolean | undefined;
  /**
   * Listens to a Postgres channel and returns a function that stops listening. Without it the
   * worker only polls. With postgres.js:
   * `async (channel, wake) => (await client.listen(channel, wake)).unlisten`;
   * with PGlite: `(channel, wake) => client.listen(channel, wake)`.
   */
  readonly listen?:
    | ((channel: string, wake: () => void) => Promise<() => Promise<unknown>>)
    | undefined;
  /** Worker name in `locked_by`. Defaults to host, process id and a random part. */
  readonly holder?: string | undefined;
  /** Maximum number of concurrent handlers. Defaults to 4. */
  readonly concurrency?: number | undefined;
  /** Maximum number of requests per claim. Defaults to `concurrency`. */
  readonly batch?: number | undefined;
  /** Registries to claim from. Defaults to all. */
  readonly registries?: readonly Registry[] | undefined;
  readonly settings?: Partial<QueueSettings> | undefined;
  /** How long to wait for aborted handlers, in milliseconds. Defaults to 5 s. */
  readonly grace?: number | undefined;
  readonly onEvent?: ((event: WorkerEvent) => void) | undefined;
}

/** Event of a worker. */
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
      /** `undefined` if the request failed for good. */
      readonly retryAt: Date | undefined;
    }
  /** The queue could not be reached. The worker tries again. */
  | { readonly type: 'trouble'; readonly error: unknown };
