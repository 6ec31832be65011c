import { setImmediate } from 'node:timers/promises';
import type { PGlite, Transaction } from '@electric-sql/pglite';

type Queries = Pick<PGlite, 'query'>;

/**
 * Lets a signal end the work on a PGlite, also in the middle of a transaction, which is
 * then rolled back. PGlite runs in this thread and never returns to the event loop, so
 * without this no Ctrl-C would be noticed before the end of the work.
 */
export function interruptiblePglite(client: PGlite, signal: AbortSignal): PGlite {
  const begin = client.transaction.bind(client);
  Object.assign(client, steady(client, signal));
  client.transaction = async (work) =>
    begin(async (tx) => {
      const own = Object.create(tx, {
        // A getter of the prototype, which reads a private field.
        closed: { get: () => tx.closed },
      }) as Transaction;
      return work(Object.assign(own, steady(tx, signal)));
    });
  return client;
}

function steady(queries: Queries, signal: AbortSignal): Queries {
  const query = queries.query.bind(queries);
  return {
    async query(...args) {
      await setImmediate();
      signal.throwIfAborted();
      return query(...args);
    },
  };
}
