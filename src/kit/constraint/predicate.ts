import { VISIBLE } from './blank.ts';
import type { Constraint } from './constraint.ts';

/** The constraint in JavaScript: the same answer as the CHECK gives for the same value. */
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
    case 'between': {
      const { min = -Infinity, max = Infinity } = constraint;
      return (value) => Number(value) >= min && Number(value) <= max;
    }
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

function ofForm(pattern: string | undefined, max = Infinity): (value: unknown) => boolean {
  const regex = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  return (value) => {
    const text = value as string;
    return (text.length <= max || codePoints(text) <= max) && (!regex || regex.test(text));
  };
}

const atMost = (max: number | undefined): string | undefined =>
  max === undefined ? undefined : `have at most ${max} characters`;

const all = (...parts: readonly (string | undefined)[]): string =>
  `must ${parts.filter((part) => part !== undefined).join(' and ')}`;
