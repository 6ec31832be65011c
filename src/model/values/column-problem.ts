import { isCanonicalUuid } from './text-rules.ts';
import { integerBounds, notOneOf, valueRules, wordsOf, type Rule } from './value-rules.ts';
import type { ColumnCheck } from '../column-check.ts';
import type { ColumnType } from '../column-type.ts';

/** The first condition that a value violates, as the Zod schema of the column states it. */
export type ColumnProblem = (value: unknown) => string | undefined;

/** Checks values as Zero has them: moments are numbers, and numbers are never text. */
export function columnProblem({ type, constraints = [] }: ColumnCheck): ColumnProblem {
  if (type === undefined) return () => undefined;
  const words = wordsOf(type);
  const rules: readonly Rule<never>[] = [
    ...(words === undefined ? ownRules(type) : [oneOf(words)]),
    ...valueRules(asNumber(type), constraints),
  ];
  const drizzles = isMoment(type) ? (value: unknown) => new Date(value as number) : same;
  return (value) => {
    const checked = drizzles(value) as never;
    return rules.find(({ holds }) => !holds(checked))?.message;
  };
}

const same = (value: unknown): unknown => value;

const isMoment = ({ kind }: ColumnType): boolean => kind === 'timestamp' || kind === 'date';

/** Zero has a number for a moment and for any numeric, whatever Drizzle's mode is. */
function asNumber(type: ColumnType): ColumnType {
  if (type.kind === 'timestamp' || type.kind === 'date') return { ...type, as: 'date' };
  return type.kind === 'numeric' ? { ...type, as: 'number' } : type;
}

function oneOf(words: readonly string[]): Rule<never> {
  const known: ReadonlySet<unknown> = new Set(words);
  return { holds: (value) => known.has(value), message: notOneOf(words) };
}

/** Rules that a Zod schema has by its type. */
function ownRules(type: ColumnType): readonly Rule<never>[] {
  if (type.kind === 'uuid') {
    // In another spelling a key would be another row on the client.
    return [{ holds: isCanonicalUuid, message: 'must be a uuid' }];
  }
  if (type.kind !== 'integer') return [];
  const { min, max } = integerBounds(type.bits);
  return [
    { holds: (value: number) => Number.isInteger(value), message: 'must be a whole number' },
    { holds: (value: number) => value >= min, message: `must be at least ${min}` },
    { holds: (value: number) => value <= max, message: `must be at most ${max}` },
  ];
}
