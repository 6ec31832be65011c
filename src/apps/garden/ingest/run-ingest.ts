import { runWorker } from '../queue/run-worker.ts';
import type { WorkerEvent, WorkerOptions } from '../queue/worker-options.ts';
import { ingestHandler, type IngestOptions } from './ingest-handler.ts';

export interface RunIngestOptions
  extends IngestOptions, Pick<WorkerOptions, 'signal' | 'listen' | 'concurrency' | 'once'> {
  /** Names the worker in the rows that it holds. */
  readonly holder: string;
  readonly onEvent?: (event: WorkerEvent) => void;
}

/**
 * Works off the requests of the registries that are configured, until the signal
 * stops it. Requests of the others wait.
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
    // What is claimed ahead saves a statement a package, and waits for one package at most.
    batch: 2 * concurrency,
    settings,
    onEvent: options.onEvent,
  });
}
