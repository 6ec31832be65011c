import type { ColumnType } from '../model/column-type.ts';
import type { Constraint } from '../model/constraint.ts';
import { drawOther } from './draw-other.ts';
import { drawText } from './draw-text.ts';
import type { Random } from './random.ts';
import type { ValuePlace } from './value-place.ts';

/** Time of row 0; each further row is an hour later. */
const START = Date.UTC(2026, 0, 2, 3, 4, 5);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A value of the type that satisfies the constraints, in the form that Drizzle accepts. */
export function drawValue(
  type: ColumnType,
  constraints: readonly Constraint[],
  place: ValuePlace,
): unknown {
  const { row, random } = place;
  switch (type.kind) {
    case 'uuid':
      return drawUuid(random);
    case 'text':
    case 'varchar':
    case 'char':
      return drawText(type, constraints, place);
    case 'integer': {
      const value = wholeNumber(constraints, row, 2 ** Math.min(type.bits - 1, 31) - 1);
      return type.as === 'bigint' ? BigInt(value) : value;
    }
    case 'float':
      return wholeNumber(constraints, row, 2 ** 20, true);
    case 'numeric': {
      const { precision = 9, scale = 0 } = type;
      const whole = type.precision === undefined ? 9 : Math.min(precision - scale, 9);
      // numeric(2,4) has only fractions, up to 0.0099.
      if (whole <= 0) return fraction(type, constraints, row);
      const hasFraction = type.precision === undefined || scale > 0;
      const value = wholeNumber(constraints, row, 10 ** whole - 1, hasFraction);
      if (type.as === 'bigint') return BigInt(Math.trunc(value));
      return type.as === 'string' ? String(value) : value;
    }
    case 'boolean':
      return row % 2 === 0;
    case 'timestamp': {
      const moment = new Date(START + row * HOUR);
      if (type.as === 'date') return moment;
      const text = moment.toISOString();
      return type.withTimezone ? text : text.slice(0, 19).replace('T', ' ');
    }
    case 'date': {
      const day = new Date(START - (START % DAY) + row * DAY);
      return type.as === 'date' ? day : day.toISOString().slice(0, 10);
    }
    case 'json':
      return drawJson(constraints, row);
    case 'enum':
      return type.values[row % type.values.length];
    case 'array':
      return [drawValue(type.of, itemConstraints(constraints), place)];
    case 'other':
      return drawOther(type, place);
  }
}

/** A value of a numeric type whose scale is at least its precision. */
function fraction(
  { precision = 1, scale = 0, as }: Extract<ColumnType, { kind: 'numeric' }>,
  constraints: readonly Constraint[],
  row: number,
): unknown {
  const inSteps = (bound: number | undefined): { readonly bound?: number } =>
    bound === undefined ? {} : { bound: Math.round(bound * 10 ** scale) };
  const bounds = constraints.map((one): Constraint => {
    if (one.kind !== 'between') return one;
    const { bound: min } = inSteps(one.min);
    const { bound: max } = inSteps(one.max);
    return {
      kind: 'between',
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
    };
  });
  const text = (wholeNumber(bounds, row, 10 ** precision - 1) / 10 ** scale).toFixed(scale);
  if (as === 'bigint') return 0n;
  return as === 'string' ? text : Number(text);
}

/** A whole number within the bounds, or a fraction if there is no whole number between them. */
function wholeNumber(
  constraints: readonly Constraint[],
  row: number,
  most: number,
  fractions = false,
): number {
  const bounds = constraints.flatMap((one) => (one.kind === 'between' ? [one] : []));
  const low = Math.max(...bounds.map(({ min }) => min ?? -Infinity));
  const high = Math.min(most, ...bounds.map(({ max }) => max ?? Infinity));
  const least = Number.isFinite(low) ? low : Math.min(0, high);
  const first = Math.ceil(least);
  if (first <= high) return first + (row % (Math.floor(high) - first + 1));
  return fractions ? least + (high - least) / (2 + row) : least;
}

/** The constraints of the elements of an array. */
const itemConstraints = (constraints: readonly Constraint[]): readonly Constraint[] =>
  constraints.flatMap((one): readonly Constraint[] =>
    one.kind === 'textItems' ? [{ kind: 'notBlank', max: one.maxLength }] : [],
  );

const drawJson = (constraints: readonly Constraint[], row: number): unknown =>
  constraints.some((one) => one.kind === 'json' && one.shape === 'array') ? [row] : { row };

const DIGITS = '0123456789abcdef';

/** A UUID version 7 with a fixed time. */
function drawUuid(random: Random): string {
  const hex = (length: number): string =>
    Array.from({ length }, () => DIGITS[random.below(16)]).join('');
  return `019b7d5a-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
}
