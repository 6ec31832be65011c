import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Sized {
  readonly file: string;
  readonly lines: number;
}

const sizesIn = (folder: string): readonly Sized[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.gen\.ts$|node_modules/.test(name))
    .map((name) => {
      const text = readFileSync(join(root, folder, name), 'utf8');
      return { file: `${folder}/${name}`, lines: text.split('\n').length - 1 };
    });

const longerThan = (files: readonly Sized[], most: number): readonly string[] =>
  files.filter(({ lines }) => lines > most).map(({ file, lines }) => `${file}: ${lines}`);

const isTest = ({ file }: Sized): boolean => /\.(?:test|test-d|fixture)\.tsx?$/.test(file);
const inSource = sizesIn('src');

test('nine in ten source files have under 140 lines, and none has over 300', () => {
  const sources = inSource.filter((one) => !isTest(one));
  expect(sources.length).toBeGreaterThan(1000);
  expect(longerThan(sources, 139).length).toBeLessThan(sources.length / 10);
  expect(longerThan(sources, 300)).toEqual([]);
});

test('files with tests have under 400 lines', () => {
  const tests = [...inSource.filter(isTest), ...['test', 'bench'].flatMap(sizesIn)];
  expect(tests.length).toBeGreaterThan(300);
  expect(longerThan(tests, 399)).toEqual([]);
});
