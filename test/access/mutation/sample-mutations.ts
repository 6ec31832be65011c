import { seededRandom } from '../../../src/rows/random.ts';
import { mutatedFiles } from './mutated-files.ts';
import type { Mutation } from './mutate-source.ts';

/** A random sample of all mutations. The same seed draws the same ones from the same sources. */
export function sampleMutations(seed: number, size: number): readonly Mutation[] {
  const left = [...mutatedFiles().values()].flatMap(({ mutations }) => mutations);
  const random = seededRandom(seed);
  const sample: Mutation[] = [];
  while (sample.length < size && left.length > 0) {
    sample.push(...left.splice(random.below(left.length), 1));
  }
  return sample;
}
