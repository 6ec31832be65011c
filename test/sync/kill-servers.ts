/**
 * 500 mutations, while zero-cache and Postgres are killed at random moments:
 * `node test/sync/kill-servers.ts [SEED]`. Exits 1 where a mutation was lost, or ran twice.
 */
import { randomInt } from 'node:crypto';
import { runKillTest } from './stack/run-kill-test.ts';
import { startSyncedGarden } from './stack/synced-garden.ts';

const seed = Number(process.argv[2] ?? randomInt(2 ** 31));
process.stdout.write(`seed ${seed}\n`);
await using garden = await startSyncedGarden();
const result = await runKillTest(garden, {
  mutations: 500,
  clients: 5,
  kills: 6,
  seed,
  patience: 60_000,
  say: (text) => process.stdout.write(`${(performance.now() / 1000).toFixed(1)} s: ${text}\n`),
});
const { faults, sent, acknowledged, underWay, killed, crashes, milliseconds } = result;
for (const fault of faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
process.stdout.write(
  `${acknowledged} of ${sent} mutations acknowledged, killed ${killed.join(', ')} with ${underWay} under way, ${crashes} crashes of the endpoints, ${faults.length} faults (${(milliseconds / 1000).toFixed(1)} s)\n`,
);
// A run in which nothing was under way has shown nothing.
process.exitCode = faults.length === 0 && underWay > 0 ? 0 : 1;
