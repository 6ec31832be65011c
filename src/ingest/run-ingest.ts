import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { runWorker, type WorkerEvent, type WorkerOptions } from '../queue/index.ts';
import { ingestHandler, type IngestOptions } from './ingest-handler.ts';
import { rowsOf, type Statements } from './write/statement.ts';

export interface RunIngestOptions
  extends IngestOptions, Pick<WorkerOptions, 'signal' | 'listen' | 'concurrency'> {
  /** Names the worker in the rows that it holds. */
  readonly holder: string;
  /** Ends when nothing is left that could be done now. */
  readonly once?: boolean;
  readonly onEvent?: (event: WorkerEvent) => void;
}

const LOOK_EVERY = 200;

/**
 * Works off the requests of the registries that are configured, until the signal
 * stops it. Requests of the others wait.
 *
 * @example
 * const registries = configureRegistries(process.env);
 * await runIngest({ db, registries, signal, holder: 'worker 1' });
 */
export async function runIngest(options: RunIngestOptions): Promise<void> {
  const { db, registries, signal, listen, holder, once = false, settings } = options;
  const { concurrency = 4 } = options;
  const done = new AbortController();
  const worker = runWorker({
    db,
    handle: ingestHandler(options),
    signal: AbortSignal.any([signal, done.signal]),
    holder,
    registries: [...registries.keys()],
    ...(listen !== undefined && { listen }),
    concurrency,
    // What is claimed ahead saves a statement a package, and waits for one package at most.
    batch: 2 * concurrency,
    ...(settings !== undefined && { settings }),
    ...(options.onEvent !== undefined && { onEvent: options.onEvent }),
  });
  const watch = once ? untilIdle(options, done) : undefined;
  try {
    await worker;
  } finally {
    done.abort();
    await watch;
  }
}

/** Ends the worker when it holds nothing, and nothing is due that it could take. */
async function untilIdle(
  { db, registries, holder }: RunIngestOptions,
  done: AbortController,
): Promise<void> {
  while (!done.signal.aborted) {
    await sleep(LOOK_EVERY, undefined, { signal: done.signal }).catch(() => {});
    // A queue that cannot be reached is the worker's trouble to report; here it is not idle.
    const left = await countWork(db, [...registries.keys()], holder).catch(() => 1);
    if (left === 0) done.abort();
  }
}

async function countWork(
  db: Statements,
  registries: readonly string[],
  holder: string,
): Promise<number> {
  const rows = await rowsOf<{ count: number }>(
    db,
    sql`select count(*)::int as count from package_requests
        where (status = 'fetching' and locked_by = ${holder})
          or (status = 'pending' and run_at <= now() and registry in
            (select json_array_elements_text(${JSON.stringify(registries)}::text::json)))`,
  );
  return rows[0]?.count ?? 0;
}
