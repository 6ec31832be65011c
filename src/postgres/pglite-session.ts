import { setImmediate } from 'node:timers/promises';
import type { Executor, Session } from './session.ts';

/** The part of a PGlite instance that is used. Structural, because PGlite is an optional dependency. */
export interface PgliteLike {
  /** The data folder, for messages; absent if the data is in memory. */
  readonly dataDir?: string | undefined;
  exec(sql: string): Promise<unknown>;
  query<Row>(sql: string, parameters?: string[]): Promise<{ rows: Row[] }>;
  transaction<Result>(work: (tx: PgliteTransaction) => Promise<Result>): Promise<Result>;
}

/** The part of a PGlite transaction that is used. */
export interface PgliteTransaction {
  exec(sql: string): Promise<unknown>;
  query<Row>(sql: string, parameters?: string[]): Promise<{ rows: Row[] }>;
}

/** A session of an embedded Postgres. It has one connection, so there are no blockers. The caller closes the client. */
export function openPgliteSession(client: PgliteLike, signal: AbortSignal | undefined): Session {
  return {
    place: pglitePlace(client),
    ...execute(client, signal),
    transaction: async (work) =>
      client.transaction(async (tx) => {
        const result = await work(execute(tx, signal));
        signal?.throwIfAborted();
        return result;
      }),
    blockers: async () => [],
    close: async () => {},
  };
}

/**
 * PGlite cannot interrupt a statement; an abort takes effect before the next one. PGlite
 * runs in this thread: without a yield to the event loop between statements, Ctrl-C
 * would only be handled after the last one.
 */
function execute(connection: PgliteTransaction, signal: AbortSignal | undefined): Executor {
  return {
    async run(sql) {
      await setImmediate();
      signal?.throwIfAborted();
      await connection.exec(sql);
    },
    async rows<Row>(sql: string, parameters: readonly string[] = []) {
      signal?.throwIfAborted();
      return (await connection.query<Row>(sql, [...parameters])).rows;
    },
  };
}

/** Location of a PGlite database, for messages. */
function pglitePlace({ dataDir }: PgliteLike): string {
  return dataDir && !dataDir.startsWith('memory:') ? `PGlite in ${dataDir}` : 'PGlite';
}
