import { integer, text } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { setTimeout as sleep } from 'node:timers/promises';
import { id, indexOn, instant, pgTable, retain } from '../../../src/kit/index.ts';
import { cleanUpDatabase } from '../../../src/ops.ts';
import { startPostgres } from '../../../src/processes/postgres-server.ts';
import type { Context, Measurement } from '../../frame/suite.ts';

const ROWS = 2_000_000;
const EXPIRED = 400_000;
const WRITERS = 4;
/** Milliseconds between two writes of a writer, so that the machine is not saturated. */
const THINK = 5;

const events = pgTable(
  'events',
  {
    id: id(),
    at: instant('at').notNull(),
    number: integer('number').notNull(),
    note: text('note'),
  },
  (t) => [indexOn(t.at), indexOn(t.number), ...retain(t.at, '1 day')],
);

/** The latency of writers while a fifth of the table is deleted, beside that without. */
export async function* measureCleanUp({
  progress,
  signal,
}: Context): AsyncGenerator<Measurement, void> {
  await using server = await startPostgres({
    settings: { shared_buffers: '256MB', max_wal_size: '2GB', jit: 'off' },
  });
  const url = await server.createDatabase();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  progress('fill a table with 2 million rows');
  for (const statement of FILL) await sql.unsafe(statement);
  const writers = postgres(url, { max: WRITERS, onnotice: () => {} });
  try {
    progress('writers alone');
    await write(writers, () => sleep(5_000));
    const before = await write(writers, () => sleep(20_000));
    progress('writers while 400,000 rows are deleted');
    let seconds = 0;
    const during = await write(writers, async () => {
      const started = performance.now();
      const { tables } = await cleanUpDatabase(url, { events }, { signal });
      seconds = (performance.now() - started) / 1000;
      if (tables[0]?.deleted !== EXPIRED) throw new Error(JSON.stringify(tables));
    });
    progress('writers alone, again');
    const after = await write(writers, () => sleep(20_000));
    yield {
      name: "deleting 400,000 of 2M rows: writers' p99 / p99 without",
      value: p99(during),
      unit: 'ns',
      peer: p99([...before, ...after]),
      target: 'at most 2',
    };
    yield {
      name: 'rows deleted per second, with pauses',
      value: EXPIRED / seconds,
      unit: 'rows/s',
    };
  } finally {
    await Promise.all([sql.end(), writers.end()]);
  }
}

const FILL = [
  'create table events (id uuid not null, at timestamptz(3) not null, number int not null, note text)',
  `insert into events select gen_random_uuid(), now() - case when n <= ${EXPIRED} then interval '2 days' else interval '1 hour' end - n * interval '1 ms', n, repeat('x', 100)
    from generate_series(1, ${ROWS}) n`,
  'alter table events add primary key (id)',
  'create index on events (at)',
  'create index on events (number)',
  'vacuum analyze events',
  'checkpoint',
];

/** Latencies of inserts and updates, in nanoseconds, until `work` ends. */
async function write(sql: postgres.Sql, work: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  const done = new AbortController();
  const writer = async (): Promise<void> => {
    while (!done.signal.aborted) {
      const number = EXPIRED + Math.floor(Math.random() * (ROWS - EXPIRED));
      const started = performance.now();
      await sql`insert into events values (gen_random_uuid(), now(), ${number}, 'new')`;
      await sql`update events set note = 'changed' where number = ${number}`;
      times.push((performance.now() - started) * 1e6);
      await sleep(THINK);
    }
  };
  const writing = Array.from({ length: WRITERS }, writer);
  try {
    await work();
  } finally {
    done.abort();
    await Promise.all(writing);
  }
  return times;
}

const p99 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
