import { expect, test } from 'vitest';
import { contestOrder } from './contest-order.ts';

test('every contestant goes first equally often', () => {
  const rounds = [0, 1, 2, 3].map((round) => contestOrder(['a', 'b', 'c'], round).join(''));
  expect(rounds).toEqual(['abc', 'bca', 'cab', 'abc']);
});
