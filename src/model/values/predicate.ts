import { VISIBLE } from './blank.ts';
import { isWithinJson } from './bounded-json.ts';
import { CONTROL } from './control.ts';
import { compareDecimals, readDecimal, type Decimal } from './decimal.ts';
import type { Constraint } from '../constraint.ts';

/** The constraint in JavaScript. It agrees with the CHECK on every stored value. */
export function predicate(constraint: Constraint): (value: unknown) => boolean {
  switch (constraint.kind) {
    case 'oneOf': {
      const words: ReadonlySet<unknown> = new Set(constraint.values);
      return (value) => words.has(value);
    }
    case 'text':
      return ofForm(constraint.pattern, constraint.max);
    case 'notBlank':
      return ofForm(VISIBLE, constraint.max);
    case 'printable': {
      const isFilled = ofForm(VISIBLE, constraint.max);
      const control = new RegExp(CONTROL, 'u');
      return (value) => isFilled(value) && !control.test(value as string);
    }
    case 'between': {
      const { min = -Infinity, max = Infinity } = constraint;
      const isWithin = within(constraint.min, constraint.max);
      return (value) =>
        typeof value === 'number' ? value >= min && value <= max : isWithin(value as Exact);
    }
    case 'textItems': {
      const isItem = ofForm(VISIBLE, constraint.maxLength);
      return (value) =>
        Array.isArray(value) &&
        value.length <= constraint.maxItems &&
        // `every` skips the holes of a sparse array.
        Array.from(value).every(
          (item) => typeof item === 'string' && !item.includes('\0') && isItem(item),
        );
    }
    case 'json':
      return (value) => isWithinJson(value, constraint);
  }
}

/** Validation message for the user who typed the value. */
export function explain(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'oneOf':
      return `must be one of ${constraint.values.join(', ')}`;
    case 'text':
      return all(
        constraint.pattern === undefined ? undefined : `match ${constraint.pattern}`,
        atMost(constraint.max),
      );
    case 'notBlank':
      return all('not be blank', atMost(constraint.max));
    case 'printable':
      return all('not be blank', 'have no control characters', atMost(constraint.max));
    case 'between':
      return all(
        constraint.min === undefined ? undefined : `be at least ${constraint.min}`,
        constraint.max === undefined ? undefined : `be at most ${constraint.max}`,
      );
    case 'textItems':
      return `must be a list of at most ${constraint.maxItems} texts, none blank or longer than ${constraint.maxLength} characters`;
    case 'json':
      return `must be JSON${SHAPES[constraint.shape ?? 'any']} of at most ${constraint.maxBytes} bytes and ${constraint.maxDepth} levels`;
  }
}

const SHAPES = { object: ', an object', array: ', a list', any: '' } as const;

/** Postgres counts code points; a JavaScript string counts UTF-16 units. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function ofForm(pattern: string | undefined, max = Infinity): (value: unknown) => boolean {
  const regex = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  return (value) => {
    const text = value as string;
    return (text.length <= max || codePoints(text) <= max) && (!regex || regex.test(text));
  };
}

/**
 * A decimal given as text, as a bigint, or already parsed. It may not fit into a JavaScript
 * number.
 */
type Exact = string | bigint | Decimal;

function within(min?: number, max?: number): (value: Exact) => boolean {
  const [least, most] = [min, max].map((bound) =>
    bound === undefined ? undefined : readDecimal(String(bound)),
  );
  return (value) => {
    const decimal = typeof value === 'object' ? value : readDecimal(String(value));
    if (!decimal) return false;
    if (least && compareDecimals(decimal, least) < 0) return false;
    return !most || compareDecimals(decimal, most) <= 0;
  };
}

const atMost = (max: number | undefined): string | undefined =>
  max === undefined ? undefined : `have at most ${max} characters`;

const all = (...parts: readonly (string | undefined)[]): string =>
  `must ${parts.filter((part) => part !== undefined).join(' and ')}`;
