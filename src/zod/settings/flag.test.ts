import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flagSchema, isFlagOn, type FlagValue } from './flag.ts';

const uuids = Array.from(
  { length: 20_000 },
  (_, at) => `0197a3c5-0000-7000-8000-${at.toString(16).padStart(12, '0')}`,
);
const share = (name: string, percentage: number): number =>
  uuids.filter((id) => isFlagOn(name, { enabled: true, percentage }, { id })).length / 200;

test('whoever has a flag at a percentage keeps it at every higher one', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (name, id, one, other) => {
        const on = (percentage: number): boolean =>
          isFlagOn(name, { enabled: true, percentage }, { id });
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        return on(high) || !on(low);
      },
    ),
  );
});

test.each([1, 10, 25, 50, 90])('%d percent of consecutive ids have the flag', (percentage) => {
  // Four standard deviations of a binomial distribution.
  const tolerance = 4 * Math.sqrt((percentage * (100 - percentage)) / uuids.length);
  for (const name of ['history', 'feedback', 'a', 'b']) {
    expect(Math.abs(share(name, percentage) - percentage)).toBeLessThan(tolerance);
  }
});

test('two flags reach different users', () => {
  const value = { enabled: true, percentage: 50 };
  const both = uuids.filter(
    (id) => isFlagOn('history', value, { id }) && isFlagOn('feedback', value, { id }),
  );
  expect(Math.abs(both.length / uuids.length - 0.25)).toBeLessThan(0.015);
});

test('the hash never changes, so that deployed flags keep their users', () => {
  const on = uuids
    .slice(0, 16)
    .map((id) => Number(isFlagOn('history', { enabled: true, percentage: 50 }, { id })));
  expect(on.join('')).toBe('1111101011111011');
});

describe('conditions', () => {
  const at = Date.parse('2026-06-01T00:00:00Z');
  const cases: readonly (readonly [FlagValue, Parameters<typeof isFlagOn>[2], boolean])[] = [
    [{ enabled: true }, {}, true],
    [{ enabled: false, percentage: 100 }, { id: 'a' }, false],
    [{ enabled: true, percentage: 0 }, { id: 'a' }, false],
    [{ enabled: true, percentage: 100 }, {}, true],
    // Without an id, nobody knows whose share it is.
    [{ enabled: true, percentage: 99.9 }, {}, false],
    [{ enabled: true, roles: ['beta'] }, { roles: ['user', 'beta'] }, true],
    [{ enabled: true, roles: ['beta'] }, { roles: ['user'] }, false],
    [{ enabled: true, roles: ['beta'] }, {}, false],
    [{ enabled: true, roles: [] }, { roles: ['beta'] }, false],
    [{ enabled: true, from: '2026-06-01T02:00:00+02:00' }, { now: at }, true],
    [{ enabled: true, from: '2026-06-01T00:00:00Z' }, { now: at - 1 }, false],
    [{ enabled: true, until: '2026-06-01T00:00:00Z' }, { now: at }, false],
    [{ enabled: true, until: '2026-06-01T00:00:00Z' }, { now: at - 1 }, true],
    [{ enabled: true, roles: ['beta'], percentage: 0 }, { id: 'a', roles: ['beta'] }, false],
  ];
  test.each(cases)('%o for %o is %o', (value, subject, expected) => {
    expect(isFlagOn('x', value, subject)).toBe(expected);
    expect(flagSchema.safeParse(value).success).toBe(true);
  });
});

test.each([
  true,
  { enabled: 'yes' },
  { enabled: true, percentage: 101 },
  { enabled: true, percentage: -1 },
  { enabled: true, from: 'tomorrow' },
  { enabled: true, from: '2026-06-01T00:00:00' },
  { enabled: true, roles: [''] },
  { enabled: true, percent: 5 },
])('%o is not a flag', (value) => {
  expect(flagSchema.safeParse(value).success).toBe(false);
});
