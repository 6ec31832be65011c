import postgres, { type Sql } from 'postgres';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from '../../../src/migrations/index.ts';
import { claim } from '../../../src/apps/garden/queue/claim.ts';
import type { QueueDatabase } from '../../../src/apps/garden/queue/queue-database.ts';
import { startPostgres } from '../../../src/processes/postgres-server.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { gardenMigrations } from '../../../src/apps/garden/migrations-folder.ts';

/**
 * A claim among a million finished and 100,000 pending requests, compared with one among 1,000
 * pending requests.
 */
export async function* measureHistory(context: Context): AsyncGenerator<Measurement, void> {
  const { contest, progress } = context;
  progress('starting Postgres');
  await using server = await startPostgres({ settings: { shared_buffers: '1GB' } });
  const clients = new Map<string, Sql>();
  try {
    for (const name of ['full', 'few']) {
      const url = await server.createDatabase();
      await migrate(url, { folder: gardenMigrations });
      const sql = postgres(url, { max: 1, onnotice: () => {} });
      clients.set(name, sql);
      progress(`filling the table: ${name}`);
      if (name === 'full') await fill(sql, 1_000_000, 'completed');
      await fill(sql, name === 'full' ? 100_000 : 1_000, 'pending');
      await sql`vacuum analyze package_requests`;
    }
    await clients.get('few')!`checkpoint`;
    for (const limit of [1, 100]) {
      const claimer = (name: string) => {
        const sql = clients.get(name)!;
        // The bench has its own copy of Drizzle.
        const db = drizzle(sql) as unknown as QueueDatabase;
        let held: Awaited<ReturnType<typeof claim>> = [];
        return {
          // Completes the claimed requests and inserts as many at the end, so that both queues keep
          // their length. Not measured.
          async before() {
            const ids = held.map(({ id }) => id);
            await sql`update package_requests set status = 'completed', locked_by = null,
              locked_until = null where id = any(${ids}::uuid[])`;
            await sql`insert into package_requests (id, package_name, registry, is_auto_queued, depth,
                priority, status, attempt_count, run_at, created_at, updated_at)
              select gen_random_uuid(), id::text, registry, true, 0, priority, 'pending', 0, now(), now(), now()
              from package_requests where id = any(${ids}::uuid[])`;
          },
          async run() {
            held = await claim(db, { holder: 'bench', limit });
            if (held.length !== limit) throw new Error(`claimed ${held.length}`);
          },
        };
      };
      const times = await contest(
        { full: claimer('full'), few: claimer('few') },
        { rounds: 201, batch: 1 },
      );
      yield compareTimes(
        `claim ${limit}, with 1M finished and 100k pending, against 1,000 pending`,
        times.full,
        times.few,
        'at most 1.3',
      );
    }
  } finally {
    await Promise.all([...clients.values()].map((sql) => sql.end()));
  }
}

async function fill(sql: Sql, rows: number, status: string): Promise<void> {
  await sql`insert into package_requests (id, package_name, registry, is_auto_queued, depth,
      priority, status, attempt_count, run_at, created_at, updated_at)
    select gen_random_uuid(), ${status}::text || n, (array['npm', 'jsr', 'brew', 'apt'])[n % 4 + 1], true, 0,
      n % 3 * 10, ${status}::text, 0, now() - n * interval '1 ms', now(), now()
    from generate_series(1, ${rows}::int) n`;
}
