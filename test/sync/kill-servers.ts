/**
 * 500 mutations of three users, and a kill of zero-cache or Postgres every few seconds:
 * `node test/sync/kill-servers.ts`. Exits with 1 if a mutation was lost, or ran twice.
 */
import { runKills } from './stack/run-kills.ts';

// Zero's endpoint logs every lost connection.
console.error = () => {};
const { faults, killed, delayed, refused, milliseconds } = await runKills({
  mutations: 500,
  every: 2500,
  timeout: 150_000,
});
for (const fault of faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
process.stdout.write(
  `500 mutations, zero-cache killed ${killed.zeroCache} times, Postgres ${killed.postgres} times, ${delayed} answers delayed, ${refused} not taken by a client, ${faults.length} faults (${(milliseconds / 1000).toFixed(1)} s)\n`,
);
// A run in which no kill delayed a mutation proves nothing.
const telling = killed.zeroCache > 0 && killed.postgres > 0 && delayed > 0;
process.exit(faults.length === 0 && telling ? 0 : 1);
