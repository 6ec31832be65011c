import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DirectedMutant } from './directed-mutant.ts';

export const ROOT: string = join(import.meta.dirname, '../../..');

/** The source of a file with a directed mutant. */
export function patchSource({ name, file, from, to }: DirectedMutant): string {
  const parts = readFileSync(join(ROOT, file), 'utf8').split(from);
  if (parts.length !== 2) {
    throw new Error(`${name}: its text occurs ${parts.length - 1} times in ${file}`);
  }
  return parts.join(to);
}
