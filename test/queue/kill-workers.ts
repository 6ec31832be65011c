/**
 * Ten worker processes, 10,000 requests, and frequent kills:
 * `node test/queue/kill-workers.ts`. Exits with 1 if a request did not end exactly once, or
 * ran in two workers at the same time.
 */
import { migrate } from '../../src/migrations/index.ts';
import { startPostgres } from '../../src/processes/postgres-server.ts';
import { runKillTest } from './run-kill-test.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

await using server = await startPostgres();
const url = await server.createDatabase();
await migrate(url, { folder: gardenMigrations });
const result = await runKillTest(url, {
  workers: 10,
  requests: 10_000,
  kills: 12,
  every: 1000,
  timeout: 100_000,
});
const { faults, ended, cutShort, killed, milliseconds } = result;
for (const fault of faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
process.stdout.write(
  `${ended} requests ended, ${killed} workers killed, ${cutShort} runs cut short, ${faults.length} faults (${(milliseconds / 1000).toFixed(1)} s)\n`,
);
// A run without an interrupted request proves nothing.
process.exitCode = faults.length === 0 && cutShort > 0 ? 0 : 1;
