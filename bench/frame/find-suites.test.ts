import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseSuites, findSuites, loadSuite } from './find-suites.ts';

const folder = join(import.meta.dirname, '..', 'suites');

test('every suite loads without the peers, has a one-line summary and the name of its file', async () => {
  for (const name of await findSuites(folder)) {
    const suite = await loadSuite(folder, name);
    expect(suite.name).toBe(name);
    expect(suite.summary).toMatch(/^[^\n]{10,100}[^.\n]$/);
    // Installed peers could hide an import outside of `run`.
    const source = await readFile(join(folder, `${name}.ts`), 'utf8');
    expect(source).not.toMatch(/^import (?!type ).*from '(?!node:|\.\.\/frame\/)/m);
  }
});

test('without names, all suites are chosen', () => {
  expect(chooseSuites([], ['ids', 'sync'])).toEqual(['ids', 'sync']);
  expect(chooseSuites(['sync'], ['ids', 'sync'])).toEqual(['sync']);
});

test.each([
  ['synk', 'did you mean sync?'],
  ['fou', 'did you mean foundation?'],
  ['weather', 'npm run bench -- --list describes the suites.'],
])('%s is not a suite', (asked, fix) => {
  expect(() => chooseSuites([asked], ['foundation', 'sync'])).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ fix }) }),
  );
});
