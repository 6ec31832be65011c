import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import postgres from 'postgres';
import { beforeAll, expect, test } from 'vitest';
import { sharedPostgres } from '../../../processes/shared-postgres.fixture.ts';
import type { PostgresServer } from '../../../processes/postgres-server.ts';
import { untilReplicated } from './until-replicated.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await sharedPostgres();
});

const LATE = 60_000;

/** A subscriber of a new database, which confirms changes only when it is asked to. */
async function subscribe() {
  const url = await server.createDatabase();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const slot = `slot_${url.replace(/\W/g, '_').slice(-40)}`;
  await sql.unsafe(`create publication everything for all tables; create table notes (id int)`);
  await sql`select pg_create_logical_replication_slot(${slot}, 'pgoutput')`;
  const replication = postgres(url, {
    max: 1,
    fetch_types: false,
    connection: { replication: 'database' },
  } as object);
  // Readable and writable, contrary to its type.
  const stream = (await replication
    .unsafe(
      `START_REPLICATION SLOT ${slot} LOGICAL 0/0 (proto_version '1', publication_names 'everything')`,
    )
    .writable()) as Duplex;
  stream.resume();
  return {
    url,
    sql,
    /** Confirms everything that the server has written so far. */
    async confirm(): Promise<void> {
      const [row] = await sql<[{ lsn: string }]>`select pg_current_wal_insert_lsn() - '0/0' as lsn`;
      // Standby status update: the written, flushed and applied positions, the time, no reply.
      const message = Buffer.alloc(34);
      message.write('r');
      for (const at of [1, 9, 17]) message.writeBigInt64BE(BigInt(row.lsn), at);
      stream.write(message);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      stream.end();
      await once(stream, 'close');
      await replication.end();
      await sql.end();
    },
  };
}

const timed = async (work: Promise<void>): Promise<number> => {
  const start = performance.now();
  await work;
  return performance.now() - start;
};

test('without an active subscriber there is nothing to wait for', async () => {
  const url = await server.createDatabase();
  const sql = postgres(url, { max: 1 });
  await sql`select pg_create_logical_replication_slot('idle', 'pgoutput')`;
  const [elapsed] = await Promise.all([
    timed(untilReplicated(url, AbortSignal.timeout(LATE), LATE)),
    timed(untilReplicated(await server.createDatabase(), AbortSignal.timeout(LATE), LATE)),
  ]);
  await sql`select pg_drop_replication_slot('idle')`;
  await sql.end();
  expect(elapsed).toBeLessThan(LATE / 2);
});

test('waits until the subscriber has confirmed the changes', async () => {
  await using subscriber = await subscribe();
  await subscriber.sql`insert into notes values (1)`;
  const waited = untilReplicated(subscriber.url, AbortSignal.timeout(LATE), LATE);
  const first = await Promise.race([waited.then(() => 'replicated'), sleep(500, 'waiting')]);
  expect(first).toBe('waiting');
  await subscriber.confirm();
  await waited;
});

test('a subscriber that lags too long is not waited for', async () => {
  await using subscriber = await subscribe();
  await subscriber.sql`insert into notes values (1)`;
  expect(
    await timed(untilReplicated(subscriber.url, AbortSignal.timeout(LATE), 300)),
  ).toBeGreaterThan(300);
});

test('an aborted signal ends the wait', async () => {
  await using subscriber = await subscribe();
  await subscriber.sql`insert into notes values (1)`;
  await expect(
    untilReplicated(subscriber.url, AbortSignal.timeout(300), LATE),
  ).rejects.toMatchObject({ name: 'AbortError' });
});
