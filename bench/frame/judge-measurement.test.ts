import { describe, expect, test } from 'vitest';
import { judgeMeasurement } from './judge-measurement.ts';
import type { Measurement } from './suite.ts';

const judge = (measurement: Partial<Measurement>): boolean | null =>
  judgeMeasurement('s', { name: 'n', value: 120, unit: 'ns', peer: 100, ...measurement }).holds;

describe('judgeMeasurement', () => {
  test('a bare target bounds the ratio, its limit included', () => {
    expect(judge({ target: 'at most 1.2' })).toBe(true);
    expect(judge({ target: 'at most 1.19' })).toBe(false);
    expect(judge({ target: 'at least 1.2' })).toBe(true);
    expect(judge({ target: 'at least 1.21' })).toBe(false);
  });

  test('a target with a unit bounds the value, in whatever unit either is', () => {
    expect(judge({ value: 2_900_000, target: 'at most 3 ms' })).toBe(true);
    expect(judge({ value: 3_100_000, target: 'at most 3 ms' })).toBe(false);
    expect(judge({ value: 16_001, unit: 'B', target: 'at most 16 kB' })).toBe(false);
    expect(judge({ value: 5000, unit: 'rows/s', target: 'at least 4000 rows/s' })).toBe(true);
  });

  test('nothing to compare with is not a verdict', () => {
    expect(judge({})).toBeNull();
    expect(judge({ value: null, target: 'at most 3 ms' })).toBeNull();
    expect(judge({ peer: null, target: 'at most 1.2' })).toBeNull();
  });

  test('a target that could never be missed is refused', () => {
    const alone = { name: 'n', value: 1, unit: 'ns', target: 'at most 1.2' } as const;
    expect(() => judgeMeasurement('s', alone)).toThrow('no peer');
    expect(() => judge({ target: 'at most 3 kB' })).toThrow('cannot bound a value in ns');
    expect(() => judge({ target: 'at most -3' })).toThrow('does not read');
  });

  test('a row is one line of JSON that says everything, null where there is nothing', () => {
    const row = judgeMeasurement('ids', { name: 'n', value: 1, unit: 'ns' });
    expect(JSON.stringify(row)).toBe(
      '{"suite":"ids","name":"n","value":1,"unit":"ns","peer":null,"ratio":null,"target":null,"holds":null}',
    );
  });
});
