import type { ColumnType } from '../column-type.ts';
import type { Constraint } from '../constraint.ts';
import { isDate, isTimestamp, isYearOfFourDigits } from './date-rules.ts';
import { decimalMessage, isDecimal } from './numeric-rule.ts';
import { explain, predicate } from './predicate.ts';
import { storedValue } from './stored-value.ts';
import { fitsLength, isText, isUuid } from './text-rules.ts';

/** A condition of a value, and the message if it fails. */
export interface Rule<Value> {
  readonly holds: (value: Value) => boolean;
  readonly message: string;
}

/**
 * The conditions under which Postgres accepts a value of a column, except NULL. They
 * assume the JavaScript type of the column: text for text, a `Date` for a moment. The Zod
 * schemas and the client's mutators share them, so that both give the same answer.
 */
export function valueRules(
  type: ColumnType,
  constraints: readonly Constraint[],
): readonly Rule<never>[] {
  const stored = storedValue(type);
  const ofConstraints = constraints
    // The list of an enumeration checks the same.
    .filter(({ kind }) => kind !== 'oneOf' || !hasWords(type))
    .map((constraint): Rule<never> => {
      const holds = predicate(constraint);
      return {
        holds: stored ? (value) => holds(stored(value)) : holds,
        message: explain(constraint),
      };
    });
  return hasWords(type) ? ofConstraints : [...typeRules(type), ...ofConstraints];
}

/** The values of a column that accepts only some words. */
export const wordsOf = (type: ColumnType): readonly string[] | undefined =>
  'values' in type ? type.values : undefined;

const hasWords = (type: ColumnType): boolean => wordsOf(type) !== undefined;

/** Validation message of a column that accepts only these words. */
export const notOneOf = (values: readonly string[]): string => explain({ kind: 'oneOf', values });

/** Bounds of an integer column. A bigint beyond 2^53 would be read back as another number. */
export function integerBounds(bits: 16 | 32 | 64): { readonly min: number; readonly max: number } {
  if (bits === 64) return { min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
  return { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 };
}

function typeRules(type: ColumnType): readonly Rule<never>[] {
  switch (type.kind) {
    case 'uuid':
      return [rule(isUuid, 'must be a uuid')];
    case 'text':
      return [NO_NUL];
    case 'varchar':
    case 'char': {
      const { length = Infinity } = type;
      if (length === Infinity) return [NO_NUL];
      const message = `must have at most ${length} characters`;
      return [NO_NUL, rule((value: string) => fitsLength(value, length), message)];
    }
    case 'float':
      return type.bits === 32 ? [rule(isReal, 'must fit into a real')] : [];
    case 'numeric':
      if (type.as === 'bigint') return [];
      return [rule((value) => isDecimal(String(value), type), decimalMessage(type))];
    case 'timestamp':
    case 'date':
      if (type.as === 'date') {
        return [rule(isYearOfFourDigits, 'must be in the years 1 to 9999')];
      }
      return type.kind === 'date'
        ? [rule(isDate, 'must be a date as YYYY-MM-DD')]
        : [rule(isTimestamp, TIMESTAMP_FORM)];
    default:
      return [];
  }
}

const rule = <Value>(holds: (value: Value) => boolean, message: string): Rule<never> => ({
  holds,
  message,
});

const NO_NUL = rule(isText, 'must not contain a NUL character');
const TIMESTAMP_FORM = 'must be a timestamp as YYYY-MM-DDTHH:MM:SS.sss, with Z or an offset';

/** Postgres refuses values that overflow a real, and nonzero values that underflow to zero. */
function isReal(value: number): boolean {
  const real = Math.fround(value);
  return Number.isFinite(real) && (real !== 0 || value === 0);
}
