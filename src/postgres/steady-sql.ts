import type { Sql } from 'postgres';
import { causesOf } from '../report/causes-of.ts';

/**
 * Keeps a process alive when its database connection is lost. If that happens in a
 * transaction, postgres.js 3.4 sends the ROLLBACK to the closed socket, and the process
 * crashes with an error that cannot be caught. This wrapper sends no ROLLBACK then: the
 * transaction rejects as soon as the driver notices that the socket is closed.
 *
 * @example
 * import { drizzle } from 'drizzle-orm/postgres-js';
 * import postgres from 'postgres';
 *
 * const db = drizzle(steadySql(postgres(process.env.DATABASE_URL!)));
 */
export function steadySql<S extends Sql>(sql: S): S {
  const begin = sql.begin.bind(sql) as (...args: unknown[]) => Promise<unknown>;
  const steady = (...args: unknown[]): Promise<unknown> => {
    const work = args.at(-1) as (transaction: unknown) => unknown;
    return begin(...args.slice(0, -1), async (transaction: unknown) => {
      try {
        return await work(transaction);
      } catch (error) {
        if (isConnectionLost(error)) await new Promise<never>(() => {});
        throw error;
      }
    });
  };
  return Object.assign(sql, { begin: steady });
}

/** The socket is closed, or Postgres closes it: a FATAL error ends the session. */
function isConnectionLost(error: unknown): boolean {
  for (const one of causesOf(error)) {
    const { code, severity } = one as { readonly code?: unknown; readonly severity?: unknown };
    if (severity === 'FATAL' || severity === 'PANIC') return true;
    if (typeof code === 'string' && LOST.test(code)) return true;
  }
  return false;
}

const LOST = /^(?:CONNECTION_(?:CLOSED|DESTROYED|ENDED)|ECONN(?:RESET|ABORTED)|EPIPE|ETIMEDOUT)$/;
