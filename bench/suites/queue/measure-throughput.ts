import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import postgres, { type Sql } from 'postgres';
import { migrate } from '../../../src/migrations/index.ts';
import { startPostgres } from '../../../src/processes/postgres-server.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import type { Sample } from '../../frame/summarise.ts';
import { contestants, type Contestant } from './contestants.ts';
import { gardenMigrations } from '../../../src/apps/garden/migrations-folder.ts';

const WORKERS = 4;
const script = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Jobs per second that four worker processes claim and complete, with batches of 1 and 100. */
export async function* measureThroughput(context: Context): AsyncGenerator<Measurement, void> {
  context.progress('starting Postgres');
  await using server = await startPostgres({
    settings: { shared_buffers: '512MB', max_connections: '200' },
  });
  const url = await server.createDatabase();
  await migrate(url, { folder: gardenMigrations });
  await promisify(execFile)(process.execPath, [script, 'install', url]);
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  try {
    yield await measureBatch(context, sql, url, { batch: 1, jobs: 2_000 });
    yield await measureBatch(context, sql, url, { batch: 100, jobs: 20_000 });
  } finally {
    await sql.end();
  }
}

interface Load {
  readonly batch: number;
  readonly jobs: number;
}

async function measureBatch(
  { contest, progress, signal }: Context,
  sql: Sql,
  url: string,
  { batch, jobs }: Load,
): Promise<Measurement> {
  const crews = new Map<string, readonly ChildProcess[]>();
  try {
    for (const { name } of contestants) {
      progress(`starting ${WORKERS} workers of ${name}, batch of ${batch}`);
      crews.set(name, await startCrew(name, url, batch));
    }
    const times = await contest(
      Object.fromEntries(
        contestants.map((one) => {
          const crew = crews.get(one.name)!;
          return [one.name, round({ one, crew, sql, jobs, signal })];
        }),
      ) as Record<Contestant['name'], ReturnType<typeof round>>,
      { rounds: 7, batch: 1 },
    );
    for (const [name, { median }] of Object.entries(times)) {
      progress(`batch of ${batch}: ${name} ${Math.round((jobs / median) * 1e9)} jobs/s`);
    }
    const faster =
      times['pg-boss'].median < times['graphile-worker'].median ? 'pg-boss' : 'graphile-worker';
    const spread = (sample: Sample) => ({
      minimum: (jobs / sample.maximum) * 1e9,
      maximum: (jobs / sample.minimum) * 1e9,
    });
    return {
      name: `claim and complete, ${WORKERS} workers, batch of ${batch}, against ${faster}`,
      value: (jobs / times.ours.median) * 1e9,
      unit: 'jobs/s',
      peer: (jobs / times[faster].median) * 1e9,
      target: 'at least 1',
      spread: spread(times.ours),
      peerSpread: spread(times[faster]),
    };
  } finally {
    for (const child of [...crews.values()].flat()) child.kill();
  }
}

async function startCrew(
  name: string,
  url: string,
  batch: number,
): Promise<readonly ChildProcess[]> {
  const crew = Array.from({ length: WORKERS }, () =>
    fork(script, [name, url, String(batch)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  );
  await Promise.all(crew.map((child) => once(child, 'message')));
  return crew;
}

interface Round {
  readonly one: Contestant;
  readonly crew: readonly ChildProcess[];
  readonly sql: Sql;
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/** All workers start when the lock on the table is released. */
function round({ one, crew, sql, jobs, signal }: Round) {
  let release = (): void => {};
  let released: Promise<unknown> = Promise.resolve();
  let working = false;
  const settle = async (): Promise<void> => {
    if (!working) return;
    const ready = crew.map((child) => once(child, 'message'));
    for (const child of crew) child.send('stop');
    await Promise.all(ready);
    working = false;
  };
  return {
    async before() {
      await settle();
      await one.load(sql, jobs);
      await sql.unsafe(`vacuum analyze ${one.table}`);
      await sql`checkpoint`;
      const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>();
      released = sql.begin(async (tx) => {
        await tx.unsafe(`lock table ${one.table} in exclusive mode`);
        isLocked();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      });
      await locked;
      for (const child of crew) child.send('go');
      working = true;
      for (let tries = 0; ; tries += 1) {
        const [row] = await sql<{ n: number }[]>`select count(*)::int as n from pg_locks
          where not granted and relation = ${one.table}::regclass`;
        if (row!.n >= crew.length) break;
        if (tries > 3000) throw new Error(`the workers of ${one.name} do not start`);
        signal.throwIfAborted();
        await sleep(10);
      }
    },
    async run() {
      release();
      await released;
      for (;;) {
        const [row] = await sql.unsafe<{ left: boolean }[]>(one.left);
        if (!row!.left) break;
        signal.throwIfAborted();
        await sleep(5);
      }
      await settle();
    },
  };
}
