import { parseArgs } from 'node:util';
import { startPostgres } from '../../src/processes/postgres-server.ts';
import { fuzz, type FuzzOptions } from './fuzz-seed.ts';

const USAGE = `usage: npm run fuzz -- [--minutes 1] [--seed 42] [--seeds 1] [--complete] [--wide]
  --minutes   the time for all seeds together
  --seeds     the number of seeds, each with a coverage of its own
  --complete  stop each seed as soon as it covers every combination, and require that
  --wide      more principals and writes for each set of rules
`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    complete: { type: 'boolean', default: false },
    wide: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const seeds = Number(values.seeds);
const first = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
if (!(minutes > 0) || !Number.isSafeInteger(first) || !(seeds >= 1)) {
  process.stderr.write(USAGE);
  process.exit(2);
}

// The guard refuses most writes with an error, whose stack trace takes longer than the check.
Error.stackTraceLimit = 0;

// A server is three times as fast as PGlite, and is what users run.
await using server = await startPostgres();
for (let at = 0; at < seeds; at += 1) {
  const options: FuzzOptions = {
    server,
    seed: first + at,
    milliseconds: (minutes * 60_000) / seeds,
    complete: values.complete,
    wide: values.wide,
    print: (line) => void process.stdout.write(`${line}\n`),
  };
  if (!(await fuzz(options))) process.exitCode = 1;
}
