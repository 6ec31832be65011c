import { expect, test } from 'vitest';
import { lineWriter } from './line-writer.ts';

test('writes whole lines, without colours and empty lines', () => {
  const lines: string[] = [];
  const write = lineWriter((line) => lines.push(line));
  write('one\ntw');
  write('o\r\n\n\u001B[32mthree\u001B[0m \nrest');
  expect(lines).toEqual(['one', 'two', 'three']);
});
