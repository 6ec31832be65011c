import { blockerColumns, type Blocker } from './blocker.ts';
import type { DatabaseUrl } from './database-url.ts';
import { connectPostgres, type PostgresConnection } from './postgres-connection.ts';
import type { Executor, Session } from './session.ts';

/**
 * A session of a Postgres server, over a dedicated connection.
 *
 * @param applicationName the name that `pg_stat_activity` shows.
 */
export async function openPostgresSession(
  url: DatabaseUrl,
  signal: AbortSignal | undefined,
  applicationName = 'garden migrate',
): Promise<Session> {
  const connection = await connectPostgres(url, applicationName, signal);
  const cancel = (): void => connection.cancel();
  signal?.addEventListener('abort', cancel);
  let watcher: Promise<PostgresConnection> | undefined;
  let pid = '';

  const executor = abortable(connection, signal);
  return {
    place: url.place,
    ...executor,
    async transaction(work) {
      // A role's default isolation level could hide the rows that were committed while
      // this transaction waited for the lock.
      await connection.run('begin isolation level read committed');
      try {
        // Behind a pooler, each transaction may run in a different server process.
        pid = (await executor.rows<{ pid: string }>('select pg_backend_pid()::text as pid'))[0]!
          .pid;
        const result = await work(executor);
        signal?.throwIfAborted();
        await connection.run('commit');
        return result;
      } catch (error) {
        if (!connection.lost) await connection.run('rollback').catch(() => {});
        throw error;
      }
    },
    async blockers() {
      try {
        watcher ??= connectPostgres(url, `${applicationName} (watcher)`);
        return await (await watcher).rows<Blocker>(blockersOf, [pid]);
      } catch {
        // Without blockers, only the explanation is missing; the statement is not affected.
        return [];
      }
    },
    async close() {
      signal?.removeEventListener('abort', cancel);
      await Promise.allSettled([connection.close(), watcher?.then((open) => open.close())]);
    },
  };
}

const blockersOf = `
  select b.pid, ${blockerColumns}
  from unnest(pg_catalog.pg_blocking_pids($1::text::int)) as b(pid)
  left join pg_catalog.pg_stat_activity a on a.pid = b.pid`;

/** A cancelled statement fails with 57014. The caller gets the abort reason instead. */
function abortable(connection: Executor, signal: AbortSignal | undefined): Executor {
  const guard = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    signal?.throwIfAborted();
    try {
      return await run();
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  };
  return {
    run: async (sql) => guard(() => connection.run(sql)),
    rows: async <Row>(sql: string, parameters?: readonly string[]) =>
      guard(() => connection.rows<Row>(sql, parameters)),
  };
}
