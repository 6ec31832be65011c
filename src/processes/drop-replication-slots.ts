import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import { ProblemError } from '../report/problem.ts';

const patienceMs = 10_000;

/**
 * Drops the replication slots of a stopped zero-cache, `APP_SHARD_…`. A slot without a reader
 * retains write-ahead log until the disk is full.
 */
export async function dropReplicationSlots(url: string, appID: string): Promise<void> {
  const { href, place, database, connectTimeout } = parseDatabaseUrl(url);
  const sql = postgres(href, {
    max: 1,
    database,
    connect_timeout: connectTimeout / 1000,
    onnotice: () => {},
  });
  const prefix = `${appID}_`;
  const until = Date.now() + patienceMs;
  try {
    for (;;) {
      const slots = await sql<{ name: string; pid: number | null }[]>`
        select slot_name as name, active_pid as pid from pg_replication_slots
        where starts_with(slot_name, ${prefix}) and database = current_database()`;
      if (slots.length === 0) return;
      for (const { name, pid } of slots) {
        // The process has ended, but the server may not have noticed yet.
        if (pid === null) await sql`select pg_drop_replication_slot(${name})`;
        else await sql`select pg_terminate_backend(${pid})`;
      }
      if (Date.now() > until) throw new Error('the slots are still in use.');
      await sleep(100);
    }
  } catch (error) {
    throw new ProblemError(
      {
        code: 'stack/slot-left',
        message: `the replication slot of zero-cache could not be dropped and retains write-ahead log: ${reasonOf(error)}`,
        context: [place],
        fix: `run in that database: ${dropStatement(appID)}`,
      },
      { cause: error },
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** SQL to drop the slots manually. */
const dropStatement = (appID: string): string =>
  `select pg_drop_replication_slot(slot_name) from pg_replication_slots where starts_with(slot_name, '${appID}_');`;

const reasonOf = (error: unknown): string =>
  error instanceof Error && error.message !== '' ? error.message : 'the server did not answer.';
