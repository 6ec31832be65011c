import { setTimeout } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { expect, test } from 'vitest';
import { newId } from '../../src/kit/id.ts';
import { updateRollups } from '../../src/maintain/rollups/update-rollups.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { writeUnsupported } from '../../src/project/generate/write-unsupported.ts';
import { definitionsOf } from '../catalog/made-database.ts';
import { install } from '../kit/install.ts';
import { expectEqual } from './expect-equal.ts';
import { requests, rollups, tables } from './requests.fixture.ts';

const WRITERS = 4;
const WRITES = 40;

test('rollups equal all rows with concurrent writers, concurrent updates and killed updates', async () => {
  const server = await sharedPostgres();
  const url = await server.createDatabase();
  const clients: Sql[] = [];
  const done = new AbortController();
  const connect = (name: string, max = 1): Sql => {
    const client = postgres(url, {
      max,
      onnotice: () => {},
      connection: { application_name: name },
    });
    clients.push(client);
    return client;
  };
  try {
    const owner = connect('owner');
    const { tables: models } = definitionsOf(tables);
    const exec = (text: string) => owner.unsafe(writeUnsupported(text, models)).simple();
    await install({ exec } as never, tables);
    await owner`select make_partitions('requests', 2, '2026-01-01')`;
    const writing = Array.from({ length: WRITERS }, async (_, writer) => {
      const db = drizzle(connect(`writer ${writer}`));
      for (let at = 0; at < WRITES; at += 1) await write(db, writer + at);
    });
    const updating = [0, 1].map(async (at) => {
      const db = drizzle(connect(`updater ${at}`));
      while (!done.signal.aborted) {
        await updateRollups(db, rollups, { batch: 20 });
        await setTimeout(10);
      }
    });
    const killer = connect('killer');
    for (let at = 0; at < 4; at += 1) await killUpdate(connect('victim'), killer, owner);
    await Promise.all(writing);
    done.abort();
    await Promise.all(updating);

    const db = drizzle(owner);
    await updateRollups(db, rollups);
    expect(await expectEqual(db)).toBeGreaterThan(40);
    const [{ left } = { left: 1 }] =
      await owner`select count(*)::int as left from rollups.request_hours`;
    expect(left).toBe(0);
  } finally {
    done.abort();
    // A killed connection never answers.
    await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
  }
});

type Row = typeof requests.$inferInsert;

/** Close hours on both sides of a month, so that writers and updates meet in the same buckets. */
const draw = (): Row => ({
  id: newId(),
  at: new Date(Date.UTC(2026, 0, 31, 22) + Math.floor(Math.random() * 4 * 3_600_000)),
  tenant: 1 + Math.floor(Math.random() * 2),
  server: Math.random() < 0.1 ? null : 1 + Math.floor(Math.random() * 3),
  status: Math.random() < 0.2 ? 503 : 200,
  ms: Math.floor(Math.random() * 700),
});

/** A transaction of several statements: inserts, some of them repeated, updates, deletes, rollbacks. */
async function write(db: ReturnType<typeof drizzle>, turn: number): Promise<void> {
  const rows = [draw(), draw(), draw()];
  const [first, second] = rows as [Row, Row];
  await db
    .transaction(async (tx) => {
      await tx.insert(requests).values(rows);
      if (turn % 3 === 0) await tx.execute('select pg_sleep(0.02)');
      await tx.insert(requests).values([second, draw()]).onConflictDoNothing();
      if (turn % 4 === 0) await tx.execute(moveServer(first));
      if (turn % 5 === 0) await tx.execute(`delete from requests where id = '${second.id}'`);
      if (turn % 7 === 0) throw new Error('rolled back');
    })
    .catch(({ message }: Error) => expect(message).toBe('rolled back'));
  if (turn % 7 !== 0) await db.insert(requests).values(rows).onConflictDoNothing();
}

const moveServer = ({ id }: Row): string =>
  `update requests set server = 3, ms = 1, at = '2026-02-01 00:30+00' where id = '${id}'`;

/** Ends the connection of an update after its work, before COMMIT. Writers do not wait for it. */
async function killUpdate(victim: Sql, killer: Sql, writer: Sql): Promise<void> {
  await drizzle(writer).insert(requests).values(draw());
  const lost = victim
    .unsafe('do $$ begin perform rollups.refresh_request_hours(); perform pg_sleep(60); end $$')
    .then(
      () => 'done',
      (error: { readonly code: string }) => error.code,
    );
  const sleeping = `select pid from pg_stat_activity
    where application_name = 'victim' and datname = current_database() and wait_event = 'PgSleep'`;
  while ((await killer.unsafe(sleeping)).length === 0) await setTimeout(5);
  await drizzle(writer).insert(requests).values(draw());
  await killer.unsafe(`select pg_terminate_backend(pid) from (${sleeping}) as one`);
  expect(await lost).toMatch(/^(?:57P01|CONNECTION_CLOSED)$/);
}
