import { expect, test } from 'vitest';
import { codeFrame, lineReader } from './code-frame.ts';

const plain = { paint: (_: string, text: string) => text, width: 40 };
const lines = ['', '  first', '\t\tsecond', '', 'x'.repeat(60), 'a\u001b[2J'];

test.each([
  ['its neighbours, without their common indentation', 2, ['> 2 │ first', '  3 │   second']],
  ['no empty line at the edge', 3, ['  2 │ first', '> 3 │   second']],
  ['an empty line itself', 4, ['  3 │     second', '> 4 │', `  5 │ ${'x'.repeat(33)}…`]],
  ['a long line is cut at the width', 5, [`> 5 │ ${'x'.repeat(33)}…`, '  6 │ a\\u001b[2J']],
  ['the last line', 6, [`  5 │ ${'x'.repeat(33)}…`, '> 6 │ a\\u001b[2J']],
  ['a line that is not in the file', 7, []],
])('%s', (_, line, rows) => {
  expect(codeFrame(lines, line, plain)).toEqual(rows);
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(plain.width);
});

test('a file that cannot be read has no lines', () => {
  expect(lineReader()('/no/such/file.ts')).toEqual([]);
});
