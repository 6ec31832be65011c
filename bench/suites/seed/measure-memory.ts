import { join } from 'node:path';
import { measureProcess } from '../../frame/measure-process.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { createGarden, startBigPostgres } from './migrated-server.ts';

/** The command as users run it, with a small garden and one ten times as large. */
export async function* measureMemory(context: Context): AsyncGenerator<Measurement, void> {
  const { progress, signal, root } = context;
  await using server = await startBigPostgres();
  for (const packages of [5_000, 50_000]) {
    progress(`memory of a seed of ${packages} packages`);
    const { memory } = await measureProcess(
      {
        file: process.execPath,
        args: [
          join(root, 'src/main.ts'),
          'seed',
          '--app',
          'garden',
          '--packages',
          String(packages),
        ],
        env: { DATABASE_URL: await createGarden(server) },
      },
      { signal },
    );
    yield {
      name: `memory of garden seed --packages ${packages}`,
      value: memory?.largestBytes ?? null,
      unit: 'B',
      target: 'at most 300 MB',
    };
  }
}
