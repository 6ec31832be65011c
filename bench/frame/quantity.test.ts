import { expect, test } from 'vitest';
import { convert, formatQuantity } from './quantity.ts';

test.each([
  [112, 'ns', '112 ns'],
  [1_523_000, 'ns', '1.52 ms'],
  [82, 's', '82 s'],
  [0.5, 'ns', '0.5 ns'],
  [0, 'B', '0 B'],
  [15_870, 'B', '15.9 kB'],
  [2_100_000_000, 'B', '2.1 GB'],
  [12_345.6, 'rows/s', '12,346 rows/s'],
])('%d %s reads %s', (value, unit, text) => {
  expect(formatQuantity(value, unit)).toBe(text);
});

test('only units of the same dimension convert', () => {
  expect(convert(3, 'ms', 'ns')).toBe(3e6);
  expect(convert(3, 'ms', 'kB')).toBeUndefined();
  expect(convert(3, 'rows/s', 'rows/s')).toBe(3);
});
