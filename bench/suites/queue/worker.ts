/**
 * A worker in a separate process: `node worker.ts NAME URL BATCH`. It starts on the message `go`,
 * sends `ready` after the message `stop`, and ends with its parent.
 */
import { drizzle } from 'drizzle-orm/postgres-js';
import { makeWorkerUtils, run, WorkerPreset } from 'graphile-worker';
import { PgBoss } from 'pg-boss';
import postgres from 'postgres';
import { runWorker } from '../../../src/apps/garden/queue/run-worker.ts';
import type { QueueDatabase } from '../../../src/apps/garden/queue/queue-database.ts';

const [name, url = '', batchText = '1'] = process.argv.slice(2);
const batch = Number(batchText);

/** Each worker runs until the given promise resolves. */
const workers: Readonly<Record<string, () => Promise<(stop: Promise<void>) => Promise<void>>>> = {
  async ours() {
    const client = postgres(url, { max: 2, onnotice: () => {} });
    // The bench has its own copy of Drizzle.
    const db = drizzle(client) as unknown as QueueDatabase;
    return async (stop) => {
      const end = new AbortController();
      void stop.then(() => end.abort());
      await runWorker({
        db,
        signal: end.signal,
        concurrency: batch,
        batch,
        handle: async () => ({ state: 'completed' }),
      });
    };
  },

  // As recommended in docs/performance: a local queue and batched completions.
  async 'graphile-worker'() {
    const many = {
      localQueue: { size: batch },
      completeJobBatchDelay: 0,
      concurrentJobs: 24,
      maxPoolSize: 26,
    };
    return async (stop) => {
      const runner = await run({
        preset: {
          extends: [WorkerPreset],
          worker: { connectionString: url, concurrentJobs: 1, ...(batch > 1 && many) },
        },
        taskList: { job: async () => {} },
        crontab: '',
        noHandleSignals: true,
      });
      await stop;
      await runner.stop();
    };
  },

  // The built-in loop waits half a second between batches; fetch and complete do not.
  async 'pg-boss'() {
    const boss = new PgBoss({
      connectionString: url,
      max: 2,
      supervise: false,
      schedule: false,
      migrate: false,
    });
    await boss.start();
    return async (stop) => {
      const end = new AbortController();
      void stop.then(() => end.abort());
      while (!end.signal.aborted) {
        const jobs = await boss.fetch('job', { batchSize: batch });
        if (jobs.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
        else
          await boss.complete(
            'job',
            jobs.map(({ id }) => id),
          );
      }
    };
  },
};

if (name === 'install') {
  await (await makeWorkerUtils({ connectionString: url })).release();
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue('job');
  await boss.stop({ graceful: false });
  process.exit(0);
}

const work = await workers[name ?? '']!();
process.on('disconnect', () => process.exit(0));
let stop = (): void => {};
process.on('message', (message) => {
  if (message === 'stop') return stop();
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  void work(stopped).then(() => process.send?.('ready'));
});
process.send?.('ready');
