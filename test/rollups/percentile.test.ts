import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addHistograms, percentileOf } from '../../src/kit/rollup/percentile.ts';

const bounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 })
  .map((list) => list.toSorted((a, b) => a - b));
const values = fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 1, maxLength: 60 });

/** Of a value: the number of bounds up to it, as in width_bucket. */
const partOf = (list: readonly number[], value: number): number =>
  list.filter((bound) => bound <= value).length;

const histogramOf = (list: readonly number[], all: readonly number[]): readonly number[] =>
  Array.from(
    { length: list.length + 1 },
    (_, part) => all.filter((one) => partOf(list, one) === part).length,
  );

test('a percentile lies in the same part of the bounds as the exact one, and inside the values', () => {
  fc.assert(
    fc.property(
      bounds,
      values,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (list, all, fraction) => {
        const [min, max] = [Math.min(...all), Math.max(...all)];
        const histogram = histogramOf(list, all);
        const found = percentileOf({ histogram, min, max }, list, fraction)!;
        // percentile_disc: the first value whose share of the values reaches the fraction.
        const exact = all.toSorted((a, b) => a - b)[
          Math.max(1, Math.ceil(fraction * all.length)) - 1
        ]!;
        expect(partOf(list, found)).toBe(partOf(list, exact));
        expect(found).toBeGreaterThanOrEqual(min);
        expect(found).toBeLessThanOrEqual(max);
        // Without minimum and maximum, the open parts are known by their bound.
        const open = percentileOf({ histogram }, list, fraction)!;
        const nearest = partOf(list, exact) === 0 ? list[0]! - 1 : open;
        expect([partOf(list, exact), list.length]).toContain(partOf(list, nearest));
      },
    ),
  );
});

test('histograms add up', () => {
  fc.assert(
    fc.property(bounds, values, values, (list, some, others) => {
      const sum = addHistograms([histogramOf(list, some), histogramOf(list, others)]);
      expect(sum).toEqual(histogramOf(list, [...some, ...others]));
    }),
  );
  expect(addHistograms([])).toEqual([]);
});

test('no values have no percentile, and wrong arguments are refused', () => {
  expect(percentileOf({ histogram: [0, 0] }, [10], 0.5)).toBeNull();
  expect(percentileOf({ histogram: [90, 9, 1, 0], min: 2, max: 640 }, [10, 100, 1000], 0.95)).toBe(
    55,
  );
  expect(() => percentileOf({ histogram: [1, 2, 3] }, [10], 0.5)).toThrow(/does not belong/);
  for (const fraction of [-0.1, 1.1, NaN]) {
    expect(() => percentileOf({ histogram: [1, 0] }, [10], fraction)).toThrow(RangeError);
  }
});
