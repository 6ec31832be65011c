export { claim, type ClaimedRequest, type ClaimOptions } from './claim.ts';
export { queueObjects } from './database-objects.ts';
export { enqueue, enqueueAll, type Enqueued, type Wish } from './enqueue.ts';
export { heartbeat, recover, release, type Recovered } from './hold.ts';
export type { Lease } from './lease.ts';
export type { QueueDatabase } from './queue-database.ts';
export { queueState, type RegistryState } from './queue-state.ts';
export { runWorker } from './run-worker.ts';
export { defaultSettings, type QueueSettings } from './settings.ts';
export { complete, fail, type Failure } from './settle.ts';
export { cancel, prune } from './tend.ts';
export type {
  Handler,
  HandlerContext,
  Outcome,
  WorkerEvent,
  WorkerOptions,
} from './worker-options.ts';
