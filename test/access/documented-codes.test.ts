import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('docs/access.md lists every error code of access rules and guards', () => {
  const docs = readFileSync('docs/access.md', 'utf8');
  const sources = globSync('src/{access,kit/access,read,sync}/**/*.ts').filter(
    (file) => !/\.(?:test|test-d|fixture)\.ts$/.test(file),
  );
  const codes = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/code: '((?:access|sync)\/[a-z-]+)'/g)].map(
      ([, code]) => code,
    ),
  );
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !docs.includes(`| \`${code}\``))).toEqual([]);
});
