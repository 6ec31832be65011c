import { join } from 'node:path';
import process from 'node:process';
import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';
import { directedMutants } from './directed-mutants.ts';
import { mutatedFiles } from './mutated-files.ts';
import { mutationText } from './mutate-source.ts';
import { patchSource, ROOT } from './patch-source.ts';

/**
 * Runs tests with one mistake: MUTANT names a directed one, RANDOM_MUTANT is the text of another.
 * With REACHED, a folder, nothing is changed, and each file records the mutations that it reaches.
 */
const { MUTANT, RANDOM_MUTANT, REACHED } = process.env;
const directed = directedMutants.find(({ name, file }) => `${file} ${name}` === MUTANT);
const random = (RANDOM_MUTANT ?? REACHED) === undefined ? undefined : mutatedFiles();
const active = [...(random?.values() ?? [])]
  .flatMap(({ mutations }) => mutations)
  .find((mutation) => mutationText(mutation) === RANDOM_MUTANT);

export default mergeConfig(
  base,
  defineConfig({
    root: ROOT,
    // The cache does not know which mutant its modules have.
    test: {
      fsModuleCache: false,
      ...(REACHED !== undefined && {
        setupFiles: join(import.meta.dirname, 'record-reached.ts'),
      }),
    },
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        load(id) {
          const file = id.split('?')[0] ?? '';
          if (directed && file === join(ROOT, directed.file)) return patchSource(directed);
          const mutated = random?.get(file);
          if (!mutated) return undefined;
          return `globalThis.isMutant ??= (id: number) => id === ${active?.id ?? 0};\n${mutated.code}`;
        },
      },
    ],
  }),
);
