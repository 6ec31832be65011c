import postgres from 'postgres';
import { logRequests } from '../../../src/apps/gateway/server/log-requests.ts';
import { BACKEND_ROLE } from '../../../src/apps/gateway/database-roles.ts';
import { newId } from '../../../src/kit/id.ts';
import { dropPartitions } from '../../../src/postgres/partitions/drop-partitions.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { databaseOf, UNTIL, type Gateway } from './open-gateway.ts';

const MOST_MS = 100;

/** Drops the month with all requests, while the backend logs requests of the next one. */
export async function* measureDropping(
  { progress }: Context,
  { url, owner, serverIds }: Gateway,
): AsyncGenerator<Measurement, void> {
  progress('dropping a month');
  const writer = postgres(url, {
    max: 2,
    connection: { role: BACKEND_ROLE, application_name: 'writer' },
  });
  const observer = postgres(url, { max: 1 });
  try {
    const done = new AbortController();
    const waits = new Map<string, number>();
    // A busy machine delays statements too, so only the wait for locks counts.
    const observing = (async () => {
      while (!done.signal.aborted) {
        const found = await observer<{ wait: string; ms: number }[]>`
          select pid || ' ' || waitstart as wait, extract(epoch from clock_timestamp() - waitstart)::float8 * 1000 as ms
          from pg_locks join pg_stat_activity using (pid)
          where not granted and application_name = 'writer'`;
        for (const { wait, ms } of found) waits.set(wait, Math.max(ms, waits.get(wait) ?? 0));
      }
    })();
    let writes = 0;
    let longest = 0;
    const writing = [0, 1].map(async () => {
      while (!done.signal.aborted) {
        const start = performance.now();
        await logRequests(
          databaseOf(writer),
          [0, 1, 2].map((at) => requestTo(serverIds[at]!)),
        );
        longest = Math.max(longest, performance.now() - start);
        writes += 1;
      }
    });
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    const before = writes;
    const dropped = await dropPartitions(owner, 'public.server_requests', { before: UNTIL });
    const during = writes - before;
    done.abort();
    await Promise.all([...writing, observing]);
    if (dropped.length !== 1) throw new Error(`${dropped.length} partitions were dropped`);
    yield {
      name: `writers that waited over ${MOST_MS} ms for a lock while a month was dropped`,
      value: [...waits.values()].filter((ms) => ms > MOST_MS).length,
      unit: 'writers',
      target: 'at most 0 writers',
    };
    yield {
      name: 'longest wait for a lock of a writer meanwhile',
      value: Math.max(0, ...waits.values()),
      unit: 'ms',
    };
    yield { name: 'longest statement of a writer meanwhile', value: longest, unit: 'ms' };
    yield { name: 'statements of writers meanwhile', value: during, unit: 'statements' };
  } finally {
    await Promise.all([writer.end(), observer.end()]);
  }
}

const requestTo = (serverId: string) => ({
  id: newId(),
  serverId,
  method: 'ping',
  statusCode: 200,
  responseTime: 3,
  createdAt: new Date(UNTIL.getTime() + 86_400_000),
});
