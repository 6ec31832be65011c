import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../../src/rows/random.ts';
import { mutatedFiles } from './mutated-files.ts';
import type { Mutation } from './mutate-source.ts';

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '220' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: '/tmp/mutants.json' },
  },
});
const all = [...mutatedFiles().values()].flatMap(({ mutations }) => mutations);
const random = seededRandom(Number(values.seed));
const left = [...all];
const sample: Mutation[] = [];
while (sample.length < Number(values.sample) && left.length > 0) {
  sample.push(...left.splice(random.below(left.length), 1));
}

const results = new Map<number, string>();
let covered: readonly number[] = [];

/** A mutant may loop forever: its process is stopped, and another one tries the rest. */
async function tryRest(): Promise<void> {
  const rest = sample.filter(({ id }) => !results.has(id));
  const child = fork(join(import.meta.dirname, 'try-mutants.ts'), {
    execArgv: ['--import', join(import.meta.dirname, 'mutation-hooks.ts')],
  });
  let begun: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const watch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (begun !== undefined) results.set(begun, 'does not end');
      child.kill('SIGKILL');
    }, 180_000);
  };
  child.on(
    'message',
    (message: { covered?: number[]; begun?: number; id?: number; by?: string }) => {
      if (message.covered) covered = message.covered;
      if (message.begun !== undefined) {
        begun = message.begun;
        watch();
      }
      if (message.id !== undefined) {
        results.set(message.id, message.by ?? 'survived');
        begun = undefined;
        clearTimeout(timer);
        const one = sample.find(({ id }) => id === message.id);
        process.stdout.write(
          `${message.id} ${one?.file}:${one?.line} ${one?.kind} [${one?.text}]: ${message.by ?? 'SURVIVED'}\n`,
        );
      }
    },
  );
  child.send(rest.map(({ id }) => id));
  await new Promise((resolve) => child.on('exit', resolve));
  clearTimeout(timer);
  if (begun !== undefined) {
    if (!results.has(begun)) results.set(begun, 'ends the process');
    await tryRest();
  }
}
await tryRest();
const survivors = sample.filter(({ id }) => (results.get(id) ?? 'survived') === 'survived');
writeFileSync(values.out, JSON.stringify({ sample, results: [...results], survivors, covered }));
process.stdout.write(
  `${sample.length} mutants, ${sample.length - survivors.length} killed by the comparison, ${survivors.length} left (${survivors.filter(({ id }) => !covered.includes(id)).length} not reached)\n`,
);
