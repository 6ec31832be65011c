import type { SQL } from 'drizzle-orm';
import type { PackageRequest } from '../apps/garden/package-requests.ts';
import type { Registry } from '../apps/garden/registry.ts';

/** A Drizzle database or transaction, of any driver. */
export interface QueueDatabase {
  execute(query: SQL): PromiseLike<unknown>;
}

/** What the queue does where nothing else is said. All times in milliseconds. */
export interface QueueSettings {
  /** How long after a success a package is not fetched again: an hour. */
  readonly cooldown: number;
  /** Requests of one person … : 20 */
  readonly personLimit: number;
  /** … in this time: an hour. */
  readonly personWindow: number;
  /** Requests that one person's request may lead to, all in all: 500. */
  readonly rootBudget: number;
  /** Steps from the root request: 16. */
  readonly maxDepth: number;
  /** Attempts before a request fails for good: 5. */
  readonly attempts: number;
  /** The wait after the first failed attempt; it doubles with each one: 5 s. */
  readonly backoffBase: number;
  /** The longest wait: an hour. */
  readonly backoffCap: number;
  /** The random part of a wait, from 0 to 1: half of it. */
  readonly backoffJitter: number;
  /** How long a claim holds without a heartbeat: a minute. */
  readonly lease: number;
  /** How often a worker looks without having been notified: 10 s. */
  readonly poll: number;
}

/** A wish for a package: of a person, of a request whose package needs it, or of the garden itself. */
export interface Wish {
  readonly packageName: string;
  readonly registry: Registry;
  /** Set by a client that already shows the request; a new one where it is left out. */
  readonly id?: string;
  /** The person; they are held to the limit. */
  readonly requestedBy?: string;
  /** The request whose package needs this one; its root's budget pays. Root and depth follow from it. */
  readonly sourceRequestId?: string;
  /** 50 for a person's, 10 for the others, where it is left out. */
  readonly priority?: number;
}

/** What came of a wish. */
export type Enqueued =
  | { readonly state: 'queued'; readonly id: string }
  /** Somebody already asked, and it is being worked on or waits. */
  | { readonly state: 'active'; readonly id: string }
  | { readonly state: 'fresh'; readonly packageId: string; readonly retryAt: Date }
  | { readonly state: 'limited'; readonly retryAt: Date }
  | { readonly state: 'over-budget'; readonly rootRequestId: string }
  | { readonly state: 'too-deep'; readonly rootRequestId: string };

/** The right to work on a request. Every later call checks it again, in database time. */
export interface Lease {
  readonly requestId: string;
  readonly holder: string;
  /** Tells this lease from a later one of the same holder. */
  readonly attempt: number;
}

/** A request that was claimed. */
export interface ClaimedRequest extends Pick<
  PackageRequest,
  | 'id'
  | 'packageName'
  | 'registry'
  | 'requestedBy'
  | 'sourceRequestId'
  | 'rootRequestId'
  | 'isAutoQueued'
  | 'depth'
  | 'priority'
  | 'attemptCount'
> {
  readonly lease: Lease;
}

/** How an attempt failed. */
export interface Failure {
  /** Kept in `error_message`, and read by the person. */
  readonly message: string;
  /** `false` gives up at once: the package does not exist, say. */
  readonly retry?: boolean;
  /** At least so long a wait, for example what `Retry-After` said. Milliseconds. */
  readonly retryAfter?: number;
}

/** What a handler made of a request. */
export type Outcome =
  /** The worker completes the request. */
  | { readonly state: 'completed'; readonly packageId?: string }
  /** The worker fails it, with backoff or for good. The same as to throw, but said on purpose. */
  | { readonly state: 'failed'; readonly failure: Failure }
  /** The handler called `complete` or `fail` itself, in a transaction of its own that has committed. */
  | { readonly state: 'settled' };

/** What a handler is given beside the request. */
export interface HandlerContext {
  /** Aborted when the worker stops or the lease is lost: stop working, write nothing. */
  readonly signal: AbortSignal;
  /** For `complete` and `fail` within the handler's own transaction. */
  readonly lease: Lease;
}

export type Handler = (request: ClaimedRequest, context: HandlerContext) => Promise<Outcome>;

export interface WorkerOptions {
  readonly db: QueueDatabase;
  readonly handle: Handler;
  /** Stops the worker: handlers are aborted, and what they hold is handed back. */
  readonly signal: AbortSignal;
  /**
   * Listens to a channel, and gives what ends that. Without it the worker polls.
   * postgres.js: `async (channel, wake) => (await sql.listen(channel, wake)).unlisten`;
   * PGlite: `(channel, wake) => client.listen(channel, wake)`.
   */
  readonly listen?: (channel: string, wake: () => void) => Promise<() => Promise<unknown>>;
  /** Names the worker in `locked_by`; host, process and a random part where it is left out. */
  readonly holder?: string;
  /** Handlers at a time: 4. */
  readonly concurrency?: number;
  /** Requests claimed at a time: as many as handlers. */
  readonly batch?: number;
  /** Only of these registries. */
  readonly registries?: readonly Registry[];
  readonly settings?: Partial<QueueSettings>;
  readonly onEvent?: (event: WorkerEvent) => void;
}

export type WorkerEvent =
  | { readonly type: 'claimed'; readonly requests: readonly ClaimedRequest[] }
  | { readonly type: 'completed' | 'settled' | 'lost'; readonly request: ClaimedRequest }
  | {
      readonly type: 'failed';
      readonly request: ClaimedRequest;
      readonly failure: Failure;
      /** Nothing where it was the last attempt. */
      readonly retryAt: Date | undefined;
    }
  /** The queue could not be reached; the worker tries again. */
  | { readonly type: 'trouble'; readonly error: unknown };

/** Decides about wishes, each by itself, in one statement. The answers stand in the order of the wishes. */
export declare function enqueueAll(
  db: QueueDatabase,
  wishes: readonly Wish[],
  settings?: Partial<QueueSettings>,
): Promise<readonly Enqueued[]>;

export declare function enqueue(
  db: QueueDatabase,
  wish: Wish,
  settings?: Partial<QueueSettings>,
): Promise<Enqueued>;

/**
 * Ends a request well, and with `packageId` sets the package's `last_fetch_success`,
 * from which the cooldown counts. Throws `queue/lease-lost` where the lease is no longer
 * held, so that a transaction which it is called in rolls back: call it there last.
 */
export declare function complete(
  db: QueueDatabase,
  lease: Lease,
  result?: { readonly packageId?: string },
): Promise<void>;

/** Ends an attempt badly: the request waits for its next one, or fails for good. Throws as `complete` does. */
export declare function fail(
  db: QueueDatabase,
  lease: Lease,
  failure: Failure,
  settings?: Partial<QueueSettings>,
): Promise<{ readonly retryAt: Date | undefined }>;

/** Works until the signal stops it. */
export declare function runWorker(options: WorkerOptions): Promise<void>;
