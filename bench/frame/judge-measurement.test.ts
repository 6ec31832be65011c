import { describe, expect, test } from 'vitest';
import { judgeMeasurement } from './judge-measurement.ts';
import type { Measurement } from './suite.ts';

const judge = (measurement: Partial<Measurement>): boolean | null =>
  judgeMeasurement('s', { name: 'n', value: 120, unit: 'ns', peer: 100, ...measurement }).holds;

describe('judgeMeasurement', () => {
  test('a target without a unit bounds the ratio, including the limit', () => {
    expect(judge({ target: 'at most 1.2' })).toBe(true);
    expect(judge({ target: 'at most 1.19' })).toBe(false);
    expect(judge({ target: 'at least 1.2' })).toBe(true);
    expect(judge({ target: 'at least 1.21' })).toBe(false);
  });

  test('a target with a unit bounds the value, after conversion', () => {
    expect(judge({ value: 16_000, unit: 'B', target: 'at most 16 kB' })).toBe(true);
    expect(judge({ value: 16_001, unit: 'B', target: 'at most 16 kB' })).toBe(false);
    expect(judge({ value: 1, unit: 'errors', target: 'at most 0 errors' })).toBe(false);
  });

  test('a target with a reference bounds the multiple, after conversion', () => {
    const reference = { name: 'select 1', value: 60, unit: 'µs' } as const;
    const target = 'at most 40 × select 1';
    expect(judge({ value: 2_400_000, reference, target })).toBe(true);
    expect(judge({ value: 2_400_001, reference, target })).toBe(false);
    const loop = { name: 'fetch loop', value: 2000, unit: 'packages/s' } as const;
    const rate = {
      unit: 'packages/s',
      reference: loop,
      target: 'at least 0.1 × fetch loop',
    } as const;
    expect(judge({ ...rate, value: 200 })).toBe(true);
    expect(judge({ ...rate, value: 199 })).toBe(false);
  });

  test('a multiple has the same verdict on a slower machine', () => {
    for (const slower of [1, 3.5, 20]) {
      const reference = { name: 'node -e 0', value: 30 * slower, unit: 'ms' } as const;
      const value = 0.8e9 * slower;
      expect(judge({ value, reference, target: 'at most 27 × node -e 0' })).toBe(true);
      expect(judge({ value, reference, target: 'at most 26 × node -e 0' })).toBe(false);
    }
  });

  test('a target that depends on the machine is rejected', () => {
    for (const unit of ['ns', 'µs', 'ms', 's', 'rows/s', 'packages/s']) {
      expect(() => judge({ unit, target: `at most 3 ${unit}` }), unit).toThrow(
        'depends on the machine',
      );
      expect(() => judge({ value: null, target: `at most 3 ${unit}` })).toThrow(
        'depends on the machine',
      );
    }
  });

  test('a target with a missing, different or incompatible reference is rejected', () => {
    const target = 'at most 3 × select 1';
    expect(() => judge({ target })).toThrow('has no reference');
    const start = { name: 'node -e 0', value: 1, unit: 'ns' } as const;
    expect(() => judge({ target, reference: start })).toThrow(
      'does not match its reference "node -e 0"',
    );
    const bytes = { name: 'select 1', value: 1, unit: 'B' } as const;
    expect(() => judge({ target, reference: bytes })).toThrow('as a multiple of select 1');
    const nothing = { name: 'select 1', value: 0, unit: 'ns' } as const;
    expect(() => judge({ target, reference: nothing })).toThrow('as a multiple of select 1');
  });

  test('a missing peer or value gives no verdict', () => {
    expect(judge({})).toBeNull();
    expect(judge({ value: null, target: 'at most 3 kB' })).toBeNull();
    expect(judge({ value: null, target: 'at most 3 × select 1' })).toBeNull();
    expect(judge({ peer: null, target: 'at most 1.2' })).toBeNull();
  });

  test('a target that can never be missed is rejected', () => {
    const alone = { name: 'n', value: 1, unit: 'ns', target: 'at most 1.2' } as const;
    expect(() => judgeMeasurement('s', alone)).toThrow('no peer');
    expect(() => judge({ target: 'at most 3 kB' })).toThrow('cannot bound a value in ns');
    expect(() => judge({ target: 'at most -3' })).toThrow('must have the form');
  });

  test('a row is one line of JSON with all fields, null if there is no value', () => {
    const row = judgeMeasurement('ids', { name: 'n', value: 1, unit: 'ns' });
    expect(JSON.stringify(row)).toBe(
      '{"suite":"ids","name":"n","value":1,"unit":"ns","peer":null,"ratio":null,"reference":null,"multiple":null,"target":null,"holds":null}',
    );
  });
});
