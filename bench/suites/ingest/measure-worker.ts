import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { migrate } from '../../../src/migrations/index.ts';
import { startPostgres } from '../../../src/testing.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { fetchLoop, fetchReference } from './fetch-loop.ts';
import { measureProcess, type ProcessRun } from '../../frame/measure-process.ts';
import { spreadOf, summarise } from '../../frame/summarise.ts';
import { gardenMigrations } from '../../../src/apps/garden/migrations-folder.ts';

const PACKAGES = 2_000;

/**
 * Measures `garden worker --once` as a process, on a queue of packages and on one document of 37
 * MB.
 */
export async function* measureWorker(context: Context): AsyncGenerator<Measurement> {
  const { root, signal, progress, runs = 3 } = context;
  // Measures the built package, because Node would have to strip the types of the sources.
  progress('building');
  await promisify(execFile)('npm', ['run', 'build'], { cwd: root, signal });
  const registry = fork(join(import.meta.dirname, 'serve-packages.ts'), [String(PACKAGES)]);
  await using server = await startPostgres();
  try {
    const [port] = (await once(registry, 'message')) as [number];
    const address = new URL(`http://127.0.0.1:${port}/`);
    const url = await server.createDatabase();
    await migrate(url, { folder: gardenMigrations });
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const run = async (names: readonly string[]): Promise<ProcessRun> => {
      await sql`truncate packages, package_requests cascade`;
      await sql`
        insert into package_requests (id, package_name, registry, is_auto_queued, depth, priority, status,
          attempt_count, run_at, created_at, updated_at)
        select gen_random_uuid(), name, 'npm', false, 0, 50, 'pending', 0, now(), now(), now()
        from unnest(${names as string[]}::text[]) as name`;
      const measured = await measureProcess(
        {
          file: process.execPath,
          args: `${join(root, 'dist/main.js')} worker --once --json --depth 0 --concurrency 6 --rate 100000`.split(
            ' ',
          ),
          env: {
            DATABASE_URL: url,
            NPM_REGISTRY_URL: address.href,
          },
        },
        { signal },
      );
      const [done] = await sql`select count(*)::int as count from packages`;
      if (done?.['count'] !== names.length)
        throw new Error(`${done?.['count']} packages were written.`);
      return measured;
    };

    const names = Array.from({ length: PACKAGES }, (_, at) => `p${at}`);
    const rates: number[] = [];
    const fetched: number[] = [];
    // Warm-up, so that the loop's rate does not include compilation. The worker's rate includes its
    // start.
    await fetchLoop(address, names);
    for (let round = 0; round < runs; round += 1) {
      progress(`${PACKAGES} packages of 20 versions, round ${round + 1} of ${runs}`);
      const { ns } = await run(names);
      rates.push(PACKAGES / (ns / 1e9));
      fetched.push(await fetchLoop(address, names));
    }
    const sample = summarise(rates);
    yield {
      name: 'packages with 20 versions and 60 dependencies, fetched and stored, including process start',
      value: sample.median,
      unit: 'packages/s',
      reference: fetchReference(fetched),
      // On the machine of the report the worker fetched 284 packages/s, with a target of 200. In
      // undisturbed runs it reaches 0.0587 of the loop: 200 / 284 × 0.0587.
      target: 'at least 0.041 × fetch loop',
      spread: spreadOf(sample),
    };
    progress('one document of 37 MB');
    const large = await run(['huge']);
    yield {
      name: 'memory of the worker with a document of 37 MB, 220,000 dependencies',
      value: large.memory?.treeBytes ?? null,
      unit: 'B',
      target: 'at most 300 MB',
    };
    await sql.end();
  } finally {
    registry.disconnect();
  }
}
