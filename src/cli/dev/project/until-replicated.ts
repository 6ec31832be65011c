import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';

/** Milliseconds. After this time the page does not wait for a subscriber: it reconnects anyway. */
const LONGEST = 10_000;
const POLL = 50;
/** The delay between the change in zero-cache's log and the change in its replica. */
const SETTLE = 250;

/**
 * Waits until zero-cache has the migrations that were just applied. If a page loads the new Zero
 * schema earlier, zero-cache refuses it, and the page reloads and loses its writes.
 */
export async function untilReplicated(
  databaseUrl: string,
  signal: AbortSignal,
  longest: number = LONGEST,
): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const [now] = await sql<[{ lsn: string }]>`select pg_current_wal_insert_lsn()::text as lsn`;
    for (const until = Date.now() + longest; Date.now() < until && !signal.aborted;) {
      const slots = await sql<{ reached: boolean }[]>`
        select confirmed_flush_lsn >= ${now.lsn}::pg_lsn as reached
        from pg_replication_slots
        where slot_type = 'logical' and active and database = current_database()`;
      if (slots.length === 0) return;
      if (slots.every(({ reached }) => reached)) return await sleep(SETTLE, undefined, { signal });
      await sleep(POLL, undefined, { signal });
    }
    // It may be aborted during a query.
    signal.throwIfAborted();
  } finally {
    await sql.end({ timeout: 1 });
  }
}
