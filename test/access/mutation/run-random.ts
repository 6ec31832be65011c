import process from 'node:process';
import { parseArgs } from 'node:util';
import { compareMutants } from './compare-mutants.ts';
import { mutationText, type Mutation } from './mutate-source.ts';
import { sampleMutations } from './sample-mutations.ts';
import { judgementOf } from './survivors.ts';
import { killingTest, recordTests } from './wider-tests.ts';

/**
 * `npm run mutants:random`: tries a random sample of small changes of the code that decides
 * about access. Those that the comparison does not notice are tried against the tests that
 * run their code. Exits with 1 if a survivor is not judged, or if fewer than 95 % of those
 * that change behaviour are killed.
 */
const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '220' },
    seed: { type: 'string', default: '1' },
  },
});
const begin = performance.now();
const minutes = (): string => `${((performance.now() - begin) / 60_000).toFixed(1)} min`;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const sample = sampleMutations(Number(values.seed), Number(values.sample));
const noticed = await compareMutants(sample, (id, by) => {
  const one = sample.find((other) => other.id === id);
  if (one) print(`killed    ${mutationText(one)}: ${by}`);
});
print(`${noticed.size} of ${sample.length} noticed by the comparison, after ${minutes()}`);

const tests = await recordTests();
print(`${tests.length} test files recorded, after ${minutes()}`);
const survivors: Mutation[] = [];
for (const one of sample) {
  if (noticed.has(one.id)) continue;
  const by = killingTest(one, tests);
  if (by === undefined) survivors.push(one);
  else print(`killed    ${mutationText(one)}: ${by}`);
}

const judged = survivors.map((one) => ({ one, judgement: judgementOf(one) }));
for (const { one, judgement } of judged) {
  const reached = tests.some((test) => test.reached.has(one.id));
  print(
    `survived  ${mutationText(one)}: ${judgement ? `${judgement.kind}: ${judgement.reason}` : `NOT JUDGED${reached ? '' : ', and no test runs it'}`}`,
  );
}
const count = (kind: string): number =>
  judged.filter(({ judgement }) => (judgement?.kind ?? 'not judged') === kind).length;
const killed = sample.length - survivors.length;
const changing = sample.length - count('equivalent');
const share = (100 * killed) / changing;
print(
  `seed ${values.seed}: ${sample.length} mutants, ${killed} killed (${noticed.size} by the comparison, ${killed - noticed.size} by tests), ${count('equivalent')} equivalent, ${count('gap')} gaps, ${count('not judged')} not judged: ${share.toFixed(1)} % of those that change behaviour are killed, in ${minutes()}`,
);
process.exitCode = share >= 95 && count('not judged') === 0 ? 0 : 1;
