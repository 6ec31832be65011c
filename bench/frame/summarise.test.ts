import { expect, test } from 'vitest';
import { summarise } from './summarise.ts';

test('the median of an odd and of an even number of rounds', () => {
  expect(summarise([9, 1, 5])).toEqual({ median: 5, minimum: 1, maximum: 9, rounds: [9, 1, 5] });
  expect(summarise([10, 1, 2, 4]).median).toBe(3);
  expect(summarise([7]).median).toBe(7);
});

test('no rounds have no median', () => {
  expect(() => summarise([])).toThrow(RangeError);
});
