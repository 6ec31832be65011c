/**
 * A worker in a separate process, to be killed. It runs until SIGTERM.
 * `node worker-process.ts URL NAME LOG`
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { complete } from '../../src/apps/garden/queue/settle.ts';
import { runWorker } from '../../src/apps/garden/queue/run-worker.ts';
import { killSettings } from './kill-settings.ts';
import { entryText, writeEntry } from './log.ts';

const [url = '', worker = '', log = ''] = process.argv.slice(2);
const client = postgres(url, { max: 4, onnotice: () => {} });
const db = drizzle(client);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

const endEntry = (request: string): string => entryText({ event: 'end', request, worker });

await runWorker({
  db,
  signal: stop.signal,
  holder: worker,
  concurrency: 4,
  batch: 10,
  settings: killSettings,
  listen: async (channel, wake) => (await client.listen(channel, wake)).unlisten,
  async handle({ id }, { signal, lease }) {
    writeEntry(log, { event: 'start', request: id, worker });
    try {
      await sleep(Math.random() * 6, undefined, { signal });
      // Some requests fail the first time, and are retried.
      if (lease.attempt === 1 && Math.random() < 0.03) throw new Error('a bad day');
      // The log line and the end of the request are in one transaction, so a kill leaves
      // both or neither.
      await db.transaction(async (tx) => {
        await tx.execute(sql`insert into run_log (entry) values (${endEntry(id)})`);
        await complete(tx, lease);
      });
    } catch (error) {
      writeEntry(log, { event: 'aborted', request: id, worker });
      throw error;
    }
    return { state: 'settled' };
  },
});
await client.end();
