import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearestName } from './nearest-name.ts';

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['abc', 'abcd', 1],
  ['kitten', 'sitting', 3],
])('%j to %j is %d', (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
});

test('the distance is symmetric, and at most the longer length', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (from, to) => {
      const distance = editDistance(from, to);
      expect(distance).toBe(editDistance(to, from));
      expect(distance).toBeLessThanOrEqual(Math.max(from.length, to.length));
    }),
  );
});

test.each([
  ['migrat', 'migrate'],
  ['Migrate', 'migrate'],
  ['gen', 'generate'],
  ['destroy', undefined],
  ['g', undefined],
])('%j means %j', (typed, expected) => {
  expect(nearestName(typed, ['migrate', 'generate', 'demo'])).toBe(expected);
});
