import { VISIBLE } from './blank.ts';
import type { Constraint } from './constraint.ts';

const visible = new RegExp(VISIBLE, 'u');

/** The constraint in JavaScript: the same answer as the CHECK gives for the same value. */
export function holds(constraint: Constraint, value: unknown): boolean {
  switch (constraint.kind) {
    case 'oneOf':
      return constraint.values.includes(value as string);
    case 'text':
      return (
        (constraint.pattern === undefined || compiled(constraint.pattern).test(String(value))) &&
        within(constraint.max, value)
      );
    case 'notBlank':
      return visible.test(String(value)) && within(constraint.max, value);
    case 'between':
      return (
        (constraint.min === undefined || Number(value) >= constraint.min) &&
        (constraint.max === undefined || Number(value) <= constraint.max)
      );
  }
}

/** What to tell the person who typed the value. */
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
    case 'between':
      return all(
        constraint.min === undefined ? undefined : `be at least ${constraint.min}`,
        constraint.max === undefined ? undefined : `be at most ${constraint.max}`,
      );
  }
}

/** Postgres counts code points; a JavaScript string counts UTF-16 units. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function within(max: number | undefined, value: unknown): boolean {
  if (max === undefined) return true;
  const text = String(value);
  return text.length <= max || (text.length <= max * 2 && codePoints(text) <= max);
}

const patterns = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  let regex = patterns.get(pattern);
  if (!regex) patterns.set(pattern, (regex = new RegExp(pattern, 'u')));
  return regex;
}

const atMost = (max: number | undefined): string | undefined =>
  max === undefined ? undefined : `have at most ${max} characters`;

const all = (...parts: readonly (string | undefined)[]): string =>
  `must ${parts.filter((part) => part !== undefined).join(' and ')}`;
