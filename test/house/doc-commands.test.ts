import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const INSTALL = /npm install (?:--save-dev )?@techgarden\/schema/;

/**
 * Whether a document shows `npx garden` before the package is installed: then npx runs another
 * package, with the name garden.
 */
const showsCommandFirst = (text: string): boolean => {
  const command = text.search(/npx garden\b/);
  return command !== -1 && !INSTALL.test(text.slice(0, command));
};

test.each([
  ['`npx garden validate`, then `npm install @techgarden/schema`', true],
  ['npm install drizzle-orm\nnpx garden validate', true],
  ['npm install --save-dev @techgarden/schema drizzle-kit\nnpx garden validate', false],
  ['garden validate', false],
])('a command before the installation is found: %s', (text, expected) => {
  expect(showsCommandFirst(text)).toBe(expected);
});

test('the documents show `npx garden` only after the installation', () => {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const files = ['README.md', ...docs.map((name) => `docs/${name}`)];
  const texts = files.map((file) => [file, readFileSync(join(root, file), 'utf8')] as const);
  expect(texts.filter(([, text]) => text.includes('npx garden')).length).toBeGreaterThan(10);
  expect(texts.flatMap(([file, text]) => (showsCommandFirst(text) ? [file] : []))).toEqual([]);
});
