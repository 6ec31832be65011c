import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareFiles } from './generated-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'garden-generated-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const linesOf = (word: string, count: number): string =>
  Array.from({ length: count }, (_, at) => `export const ${word}${at} = ${at};`).join('\n');

test('long files without common lines are compared quickly', async () => {
  const file = join(folder, 'other.gen.ts');
  await writeFile(file, linesOf('a', 20_000));
  // A shortest diff would need gigabytes.
  const [drift] = await compareFiles([{ file, text: linesOf('b', 20_000) }]);
  expect(drift?.lines).toHaveLength(40_000);
  expect(drift?.lines[0]).toEqual({ sign: '-', text: 'export const a0 = 0;' });
}, 10_000);

test('in long files, only the differing lines are reported, wherever they are', async () => {
  const file = join(folder, 'near.gen.ts');
  const text = linesOf('a', 5_000);
  await writeFile(file, text.replace('a10 = 10;', 'a10 = 11;').replace('a4990 = 4990;', 'a = 1;'));
  const [drift] = await compareFiles([{ file, text }]);
  expect(drift?.lines.map(({ sign, text: line }) => sign + line)).toEqual([
    '-export const a10 = 11;',
    '+export const a10 = 10;',
    '-export const a = 1;',
    '+export const a4990 = 4990;',
  ]);
});
