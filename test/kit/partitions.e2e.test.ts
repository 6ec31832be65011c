import postgres from 'postgres';
import { primaryKey, uuid } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { id, instant, partitioned, pgTable, references } from '../../src/kit/index.ts';
import { dropPartitions } from '../../src/postgres/partitions/drop-partitions.ts';
import { makePartitions } from '../../src/postgres/partitions/make-partitions.ts';
import { startPostgres } from '../../src/processes/postgres-server.ts';
import { install } from './install.ts';
import { writeUnsupported } from '../../src/project/generate/write-unsupported.ts';
import { definitionsOf } from '../catalog/made-database.ts';

const servers = pgTable('servers', { id: id() });
const requests = pgTable(
  'requests',
  { id: uuid('id').notNull(), at: instant('at').notNull(), serverId: uuid('server_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.id, t.at] }),
    references(t.serverId, servers.id, 'restrict'),
    ...partitioned(t.at, 'month'),
  ],
);

test('making and dropping partitions blocks no writer longer than 100 ms', async () => {
  await using server = await startPostgres();
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  const connection = { application_name: 'writer' };
  const writer = postgres(server.url, { max: 2, connection });
  const observer = postgres(server.url, { max: 1 });
  try {
    const exports = { servers, requests };
    const { tables } = definitionsOf(exports);
    const exec = (text: string) => sql.unsafe(writeUnsupported(text, tables)).simple();
    await install({ exec } as never, exports);
    await sql`select public.make_partitions('requests', 30, '2024-01-01')`;
    const [{ id: serverId } = { id: '' }] = await sql<{ id: string }[]>`
      insert into servers values (gen_random_uuid()) returning id`;
    await sql`insert into requests select gen_random_uuid(), '2024-01-01'::timestamptz + n * interval '1 minute', ${serverId}
      from generate_series(1, 40000) n`;

    expect(await makePartitions(sql, requests)).toHaveLength(4);

    let writes = 0;
    let longest = 0;
    const done = new AbortController();
    const writing = [0, 1].map(async (at) => {
      while (!done.signal.aborted) {
        await (at === 0
          ? writer`insert into requests values (gen_random_uuid(), now(), ${serverId})`
          : writer`insert into servers values (gen_random_uuid())`);
        writes += 1;
      }
    });
    // Only the wait for locks: a busy machine delays the statements too.
    const observing = (async () => {
      while (!done.signal.aborted) {
        const [{ waited } = { waited: 0 }] = await observer<{ waited: number }[]>`
          select coalesce(max(extract(epoch from clock_timestamp() - waitstart)) * 1000, 0)::float8 as waited
          from pg_locks join pg_stat_activity using (pid)
          where not granted and application_name = 'writer'`;
        longest = Math.max(longest, waited);
      }
    })();
    // A long transaction that writes to both tables, behind which locks would queue.
    const long = postgres(server.url, { max: 1 });
    const holding = long.begin(async (tx) => {
      await tx`insert into requests values (gen_random_uuid(), now(), ${serverId})`;
      await tx`insert into servers values (gen_random_uuid())`;
      await tx`select pg_sleep(1.5)`;
    });
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    expect(await makePartitions(sql, requests, { ahead: 5 })).toHaveLength(2);
    const dropped = await dropPartitions(sql, requests, { before: new Date('2024-02-01') });
    expect(dropped).toEqual(['requests_p2024_01']);
    done.abort();
    await Promise.all([...writing, observing, holding]);
    await long.end();
    expect(writes).toBeGreaterThan(50);
    expect(longest).toBeLessThan(100);
  } finally {
    await Promise.all([sql.end(), writer.end(), observer.end()]);
  }
});
