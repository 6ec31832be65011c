import { expect, test } from 'vitest';
import type { Constraint } from '../model/constraint.ts';
import { drawValue } from './draw-value.ts';
import { seededRandom } from './random.ts';
import { valueText } from './value-text.ts';

const draw = (
  precision: number,
  scale: number,
  row: number,
  constraints: readonly Constraint[] = [],
) =>
  drawValue({ kind: 'numeric', precision, scale, as: 'string' }, constraints, {
    row,
    random: seededRandom('x'),
  } as never);

test('a numeric type with only fractions gets distinct values that it holds', () => {
  const values = [0, 1, 2, 99].map((row) => draw(2, 4, row));
  expect(values).toEqual(['0.0000', '0.0001', '0.0002', '0.0099']);
  expect(draw(3, 3, 999)).toBe('0.999');
});

test('its constraints hold', () => {
  const between: Constraint = { kind: 'between', min: 0.002, max: 0.003 };
  expect([0, 1, 11].map((row) => draw(2, 4, row, [between]))).toEqual([
    '0.0020',
    '0.0021',
    '0.0020',
  ]);
});

test('a vector is a list of numbers, as Drizzle and the validators take it', () => {
  const type = { kind: 'other', sql: 'vector(3)' } as const;
  const vector = drawValue(type, [], { row: 2, random: seededRandom('x') } as never);
  expect(vector).toEqual([2, 3, 4]);
  expect(valueText(vector, type)).toBe('[2,3,4]');
});
