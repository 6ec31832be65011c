import type { QueueDatabase } from '../queue/queue-database.ts';
import type { Recovered } from '../queue/hold.ts';
import { jsonOption, type Command } from '../../../command/command.ts';
import { escapedJson } from '../../../command/escape-controls.ts';
import { chooseDatabase, databaseOptions } from '../../../command/choose-database.ts';
import { useDatabase } from '../../../command/use-database.ts';
import { printQueue } from './print-queue.ts';

export const queueCommand: Command = {
  name: 'queue',
  summary: 'show the state of the request queue',
  description: `Shows the queue of package requests, by registry: due requests and their age,
requests that wait for a retry, requests that workers hold, expired leases, and the
number of requests that ended within the last hour.`,
  options: [
    ...databaseOptions,
    {
      name: 'recover',
      help: 'first recover requests with expired leases; running workers do this too',
    },
    { name: 'prune', help: 'first delete finished requests that are older than a year' },
    jsonOption,
  ],
  examples: [
    { command: 'garden queue', meaning: 'show the queue' },
    { command: 'garden queue --recover --prune --json', meaning: 'maintain the queue from cron' },
  ],
  whenInterrupted: 'Requests recovered or pruned so far stay recovered or pruned.',

  async run(context) {
    const { io, flag, signal } = context;
    const { queueState } = await import('../queue/queue-state.ts');
    const { checkReady } = await import('../queue/check-ready.ts');
    const view = await useDatabase(chooseDatabase(context), signal, async (db) => {
      await checkReady(db);
      const recovered = flag('recover') ? await recoverAll(db, signal) : undefined;
      const pruned = flag('prune') ? await pruneAll(db, signal) : undefined;
      return { recovered, pruned, registries: await queueState(db) };
    });
    io.stdout.write(flag('json') ? `${escapedJson(view, 2)}\n` : printQueue(view, context.paint));
    return 0;
  },
};

/** Each call of the queue recovers or deletes a limited number of requests. */
async function recoverAll(db: QueueDatabase, signal: AbortSignal): Promise<Recovered> {
  const { recover } = await import('../queue/hold.ts');
  let all: Recovered = { pending: 0, failed: 0 };
  for (;;) {
    signal.throwIfAborted();
    const { pending, failed } = await recover(db);
    if (pending + failed === 0) return all;
    all = { pending: all.pending + pending, failed: all.failed + failed };
  }
}

async function pruneAll(db: QueueDatabase, signal: AbortSignal): Promise<number> {
  const { prune } = await import('../queue/prune.ts');
  let all = 0;
  for (;;) {
    signal.throwIfAborted();
    const some = await prune(db);
    if (some === 0) return all;
    all += some;
  }
}
