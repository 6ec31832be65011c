import type postgres from 'postgres';
import { importPeer } from '../report/missing-package.ts';
import { answersInTime } from './answers-in-time.ts';
import type { DatabaseUrl } from './database-url.ts';
import type { Executor } from './session.ts';

/** One connection to a server. Never silently replaced by a new connection. */
export interface PostgresConnection extends Executor {
  /** Cancels the running statement, and closes the connection if the statement does not end. */
  cancel(): void;
  readonly lost: boolean;
  close(): Promise<void>;
}

const cancelMilliseconds = 5_000;

export async function connectPostgres(
  url: DatabaseUrl,
  applicationName: string,
  signal?: AbortSignal,
): Promise<PostgresConnection> {
  // Imported here, because an embedded database does not need the driver.
  const { default: postgres } = await importPeer('a database URL', () => import('postgres'));
  let lost = false;
  const sql = postgres(url.href, {
    max: 1,
    database: url.database,
    // Each statement is sent once, and array types are not needed: this saves round trips.
    prepare: false,
    fetch_types: false,
    max_lifetime: null,
    connect_timeout: url.connectTimeout / 1000,
    connection: { application_name: applicationName },
    onnotice: () => {},
    onclose: () => {
      lost = true;
    },
  });
  const reserved = await reserve(sql, url.connectTimeout, signal);
  let running: { cancel(): void } | undefined;

  async function send<Result>(query: PromiseLike<Result> & { cancel(): void }): Promise<Result> {
    running = query;
    try {
      return await query;
    } finally {
      running = undefined;
    }
  }
  // The driver would write to a closed socket, and crash outside any promise.
  const refuseLost = (): void => {
    if (lost) throw Object.assign(new Error('CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
  };

  return {
    get lost() {
      return lost;
    },
    async run(text) {
      refuseLost();
      await send(reserved.unsafe(text).simple());
    },
    async rows<Row>(text: string, parameters: readonly string[] = []) {
      refuseLost();
      return (await send(reserved.unsafe(text, [...parameters]))) as unknown as readonly Row[];
    },
    cancel() {
      if (running === undefined) return;
      const query = running;
      // Typed as void, but returns a promise, which rejects if the server is unreachable.
      Promise.resolve(query.cancel()).catch(() => {});
      setTimeout(() => {
        if (running === query) void sql.end({ timeout: 0 });
      }, cancelMilliseconds).unref();
    },
    async close() {
      if (!lost) reserved.release();
      // A lost connection never answers, and the driver would wait for the full timeout.
      await sql.end({ timeout: lost ? 0 : 2 });
    },
  };
}

async function reserve(
  sql: postgres.Sql,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<postgres.ReservedSql> {
  try {
    // Without an earlier query, `reserve` never settles if fetch_types is off.
    await answersInTime(sql, timeout, signal);
    return await sql.reserve();
  } catch (error) {
    await sql.end({ timeout: 0 });
    signal?.throwIfAborted();
    throw error;
  }
}
