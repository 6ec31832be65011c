import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { seed } from '../../../src/apps/garden/seed/seed.ts';
import { tableRows } from '../../../src/apps/garden/seed/synthetic/synthetic-rows.ts';
import type { PostgresServer } from '../../../src/processes/postgres-server.ts';
import { summarise } from '../../frame/summarise.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { createGarden, startBigPostgres } from './migrated-server.ts';
import { drizzleSeedRate } from './drizzle-seed-rate.ts';

/**
 * 20,000 packages are 0.8 million rows per round. `GARDEN_BENCH_PACKAGES=2000` tries out the suite.
 */
const SHAPE = {
  packages: Number(process.env['GARDEN_BENCH_PACKAGES'] ?? 20_000),
  versions: 10,
  dependencies: 3,
};
const DRIZZLE_ROWS = 20_000;

/**
 * Compares the seed with a COPY of the same rows from a file on the server, into the same tables
 * with the same keys, checks and indexes. Also compares it with drizzle-seed, which fills tables
 * with fewer columns and without checks.
 */
export async function* measureRate(context: Context): AsyncGenerator<Measurement, void> {
  const { progress, signal, runs = 3 } = context;
  await using server = await startBigPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'garden-copy-'));
  try {
    // If this process is root, the server runs as another user.
    await chmod(folder, 0o777);
    progress('writing the rows to files');
    const rows = await writeFiles(server, folder);
    const rates = { ours: [] as number[], copy: [] as number[], drizzle: [] as number[] };
    for (let round = 0; round < runs; round += 1) {
      signal.throwIfAborted();
      progress(`round ${round + 1} of ${runs}`);
      const turns = [
        async () => rates.copy.push(await bareCopy(server, folder, rows)),
        async () => rates.ours.push(await ours(server)),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
      rates.drizzle.push(await drizzleSeedRate(server, DRIZZLE_ROWS));
    }
    const [value, peer, drizzle] = [rates.ours, rates.copy, rates.drizzle].map(
      (rounds) => summarise(rounds).median,
    ) as [number, number, number];
    yield {
      name: 'seed against a bare COPY from a file',
      value,
      unit: 'rows/s',
      peer,
      target: 'at least 0.85',
    };
    yield {
      name: 'seed against drizzle-seed',
      value,
      unit: 'rows/s',
      peer: drizzle,
      target: 'at least 6',
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const copies = tableRows.map(({ table, columns }) => ({
  table,
  target: `${table} (${columns.join()})`,
}));

/** Writes the seeded rows to files in COPY's text format. */
async function writeFiles(server: PostgresServer, folder: string): Promise<number> {
  const url = await createGarden(server);
  await seed(url, SHAPE);
  const sql = postgres(url, { max: 1 });
  let rows = 0;
  for (const { table, target } of copies) {
    const { count } = await sql.unsafe(`copy ${target} to '${join(folder, table)}'`);
    rows += count;
  }
  await sql.end();
  await drop(server, url);
  return rows;
}

async function bareCopy(server: PostgresServer, folder: string, rows: number): Promise<number> {
  const url = await createGarden(server);
  // Tags and accounts, which both contestants have before the measurement.
  await seed(url, { real: false, packages: 1 });
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`truncate packages, package_versions, package_dependencies, package_tags, package_requests`;
  await sql`checkpoint`;
  const start = performance.now();
  for (const { table, target } of copies) {
    await sql.unsafe(`copy ${target} from '${join(folder, table)}'`);
  }
  const rate = (rows / (performance.now() - start)) * 1000;
  await sql.end();
  await drop(server, url);
  return rate;
}

async function ours(server: PostgresServer): Promise<number> {
  const url = await createGarden(server);
  const sql = postgres(url, { max: 1 });
  await sql`checkpoint`;
  await sql.end();
  const start = performance.now();
  let end = start;
  // Excludes the final statistics, which a COPY does not have.
  const { rows } = await seed(url, {
    ...SHAPE,
    onProgress: (event) => {
      if (event.type === 'analyzing') end = performance.now();
    },
  });
  await drop(server, url);
  return (rows / (end - start)) * 1000;
}

async function drop(server: PostgresServer, url: string): Promise<void> {
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
  await sql.end();
}
