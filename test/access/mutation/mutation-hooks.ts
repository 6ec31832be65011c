import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { mutatedFiles } from './mutated-files.ts';
import { mutationText, type MutatedSource } from './mutate-source.ts';

/**
 * Loads the mutated sources in place of the original ones. `--import` it. With RANDOM_MUTANT,
 * the text of a mutation, that one is switched on. With REACHED, a folder, the mutations that
 * the process reaches are written there at its end, under the id of its parent.
 */
const { RANDOM_MUTANT, REACHED } = process.env;
const state = globalThis as { isMutant?: (id: number) => boolean };
let files: ReadonlyMap<string, MutatedSource> | undefined;

function mutated(): ReadonlyMap<string, MutatedSource> {
  const found = mutatedFiles();
  if (RANDOM_MUTANT !== undefined) {
    const all = [...found.values()].flatMap(({ mutations }) => mutations);
    const active = all.find((mutation) => mutationText(mutation) === RANDOM_MUTANT)?.id;
    state.isMutant = (id) => id === active;
  }
  if (REACHED !== undefined) record(REACHED);
  return found;
}

function record(folder: string): void {
  const reached = new Set<number>();
  state.isMutant = (id) => {
    reached.add(id);
    return false;
  };
  process.on('exit', () => {
    const file = join(folder, `child-${process.pid}.json`);
    writeFileSync(file, JSON.stringify({ parent: process.ppid, reached: [...reached] }));
  });
}

const SOURCES = new URL('../../../src/', import.meta.url).href;

registerHooks({
  load(url, context, next) {
    if (!url.startsWith(SOURCES)) return next(url, context);
    files ??= mutated();
    const own = files.get(fileURLToPath(url));
    if (!own) return next(url, context);
    return { format: 'module-typescript', source: own.code, shortCircuit: true };
  },
});
