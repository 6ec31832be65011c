import { setImmediate } from 'node:timers/promises';
import type { Executor, Session } from './session.ts';

/** The part of a PGlite instance that is used. Structural, so that PGlite stays optional. */
export interface PgliteLike {
  /** The folder, where there is one; messages name it. */
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

/** Postgres in this process: one connection, so nobody else can hold a lock. The caller closes it. */
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
 * PGlite cannot interrupt a statement; an abort takes effect before the next one.
 * It works in this very thread: without a turn of the event loop in between, a
 * Ctrl-C would be heard when all is over.
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

/** Where a PGlite is, for messages. */
function pglitePlace({ dataDir }: PgliteLike): string {
  return dataDir && !dataDir.startsWith('memory:') ? `PGlite in ${dataDir}` : 'PGlite';
}
