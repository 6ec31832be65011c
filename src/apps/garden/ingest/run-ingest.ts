import { runWorker } from '../queue/run-worker.ts';
import type { WorkerEvent, WorkerOptions } from '../queue/worker-options.ts';
import { ingestHandler, type IngestOptions } from './ingest-handler.ts';

export interface RunIngestOptions
  extends IngestOptions, Pick<WorkerOptions, 'signal' | 'listen' | 'concurrency' | 'once'> {
  /** Name of the worker, stored in the rows that it has claimed. */
  readonly holder: string;
  readonly onEvent?: (event: WorkerEvent) => void;
}

/**
 * Processes requests for the configured registries until the signal stops it. Requests
 * for other registries wait.
 *
 * @example
 * const registries = configureRegistries(process.env);
 * await runIngest({ db, registries, signal, holder: 'worker 1' });
 */
export async function runIngest(options: RunIngestOptions): Promise<void> {
  const { db, registries, signal, listen, holder, once, settings } = options;
  const { concurrency = 4 } = options;
  await runWorker({
    db,
    handle: ingestHandler(options),
    signal,
    holder,
    registries: [...registries.keys()],
    listen,
    once,
    concurrency,
    // Claiming ahead saves a statement per package, and delays a claimed request by one package at
    // most.
    batch: 2 * concurrency,
    settings,
    onEvent: options.onEvent,
  });
}
