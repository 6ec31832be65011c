import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ProblemError } from '../../src/report/problem.ts';
import { nearestName } from './nearest-name.ts';
import type { Suite } from './suite.ts';

/** Names of the suites, from their file names. */
export async function findSuites(folder: string): Promise<string[]> {
  const files = await readdir(folder, { withFileTypes: true });
  return files
    .filter((file) => file.isFile() && /^[a-z][a-z0-9-]*\.ts$/.test(file.name))
    .map((file) => file.name.slice(0, -'.ts'.length))
    .toSorted();
}

/** The requested suites, or all. */
export function chooseSuites(asked: readonly string[], names: readonly string[]): string[] {
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const near = nearestName(unknown, names);
    throw new ProblemError({
      code: 'bench/unknown-suite',
      message: `there is no suite "${unknown}". Available: ${names.join(', ')}.`,
      fix: near ? `did you mean ${near}?` : 'npm run bench -- --list describes the suites.',
    });
  }
  return asked.length === 0 ? [...names] : [...asked];
}

export async function loadSuite(folder: string, name: string): Promise<Suite> {
  const file = join(folder, `${name}.ts`);
  const module: { suite?: Suite } = await import(pathToFileURL(file).href);
  if (module.suite?.name !== name) {
    throw new ProblemError({
      code: 'bench/no-suite',
      message: `bench/suites/${name}.ts does not export a suite with that name.`,
      fix: `add: export const suite: Suite = { name: '${name}', summary, run }.`,
    });
  }
  return module.suite;
}
