import { z } from 'zod';
import { explain, predicate } from '../kit/constraint/predicate.ts';
import type { Constraint } from '../kit/index.ts';
import type { ColumnType } from '../model/column-type.ts';
import { isDate, isTimestamp, isYearOfFourDigits } from './date-rules.ts';
import { isJson, withPrototype } from './json-rule.ts';
import { decimalMessage, isDecimal } from './numeric-rule.ts';
import { withRules, type Rule } from './rules.ts';
import { storedValue } from './stored-value.ts';
import { canonicalUuid, isText, isUuid, fitsLength } from './text-rules.ts';

const INT64_MAX = 2n ** 63n - 1n;

/**
 * Schema of the values, except NULL, that Postgres accepts for a column of this type
 * with these constraints. `fallback` is used for types without their own rules.
 */
export function columnSchema(
  type: ColumnType,
  constraints: readonly Constraint[],
  fallback: z.ZodType,
): z.ZodType {
  const stored = storedValue(type);
  const own: readonly Rule<unknown>[] = constraints
    // The schema of an enumeration checks the same, and its message lists the values.
    .filter((constraint) => constraint.kind !== 'oneOf')
    .map((constraint) => {
      const holds = predicate(constraint);
      return {
        holds: stored ? (value) => holds(stored(value as never)) : holds,
        message: explain(constraint),
      };
    });
  switch (type.kind) {
    case 'uuid':
      return withRules(z.string(), [rule(isUuid, 'must be a uuid'), ...own], canonicalUuid);
    case 'text':
    case 'varchar':
    case 'char':
      return type.values ? withRules(z.enum(type.values), own) : text(type, own);
    case 'integer':
      return withRules(integer(type.bits, type.as), own);
    case 'float':
      return withRules(z.number(), [
        ...(type.bits === 32 ? [rule(isReal, 'must fit into a real')] : []),
        ...own,
      ]);
    case 'numeric':
      return numeric(type, own, fallback);
    case 'boolean':
      return z.boolean();
    case 'timestamp':
    case 'date':
      return moment(type, own);
    case 'json':
      return withRules(
        z.unknown(),
        [rule(isJson, 'must be JSON, without NUL characters and lone surrogates')],
        withPrototype,
      );
    case 'array':
      return array(type.of, fallback);
    case 'enum':
      return withRules(z.enum(type.values), own);
    case 'other':
      return withRules(fallback, own);
  }
}

function rule<Value>(holds: (value: Value) => boolean, message: string): Rule<Value> {
  return { holds, message };
}

/**
 * Text as Postgres stores it. A lone surrogate becomes U+FFFD on the way to the server,
 * so it is replaced here already: client and server have the same text.
 */
function text(
  type: { readonly kind: string; readonly length?: number },
  own: readonly Rule<string>[],
): z.ZodType {
  const { length } = type;
  const rules = [rule(isText, 'must not contain a NUL character'), ...own];
  if (length !== undefined) {
    rules.push(
      rule((value) => fitsLength(value, length), `must have at most ${length} characters`),
    );
  }
  return withRules(z.string(), rules, (value) => value.toWellFormed());
}

function integer(bits: 16 | 32 | 64, as: 'number' | 'bigint'): z.ZodType<unknown> {
  if (as === 'bigint')
    return z
      .bigint()
      .gte(-INT64_MAX - 1n)
      .lte(INT64_MAX);
  // Zod's int() allows only safe integers: a bigint beyond 2^53 would be read back as a
  // different number. `+ 0` removes the negative zero, which Postgres does not have.
  const schema = z.int().overwrite((value) => value + 0);
  if (bits === 64) return schema;
  return schema.gte(-(2 ** (bits - 1))).lte(2 ** (bits - 1) - 1);
}

/** Postgres refuses values that overflow a real, and nonzero values that underflow to zero. */
function isReal(value: number): boolean {
  const real = Math.fround(value);
  return Number.isFinite(real) && (real !== 0 || value === 0);
}

function numeric(
  type: Extract<ColumnType, { kind: 'numeric' }>,
  own: readonly Rule<unknown>[],
  fallback: z.ZodType,
): z.ZodType {
  if (type.as === 'bigint') return withRules(fallback, own);
  const decimal = rule((value) => isDecimal(String(value), type), decimalMessage(type));
  return withRules<unknown>(type.as === 'string' ? z.string() : z.number(), [decimal, ...own]);
}

function moment(
  type: Extract<ColumnType, { kind: 'timestamp' | 'date' }>,
  own: readonly Rule<unknown>[],
): z.ZodType {
  if (type.as === 'date') {
    return withRules<Date>(z.date(), [
      rule(isYearOfFourDigits, 'must be in the years 1 to 9999'),
      ...own,
    ]);
  }
  const form =
    type.kind === 'date'
      ? rule(isDate, 'must be a date as YYYY-MM-DD')
      : rule(isTimestamp, 'must be a timestamp as YYYY-MM-DDTHH:MM:SS.sss, with Z or an offset');
  return withRules<string>(z.string(), [form, ...own]);
}

function array(of: ColumnType, fallback: z.ZodType): z.ZodType {
  if (of.kind === 'other') return fallback;
  const list = z.array(columnSchema(of, [], fallback));
  return of.kind === 'array'
    ? withRules(list, [rule(isRectangular, 'must have nonempty inner lists of equal length')])
    : list;
}

/** Multidimensional arrays in Postgres are rectangular. */
function isRectangular(rows: readonly unknown[]): boolean {
  const lengths = new Set(rows.map((row) => (Array.isArray(row) ? row.length : 0)));
  return rows.length === 0 || (lengths.size === 1 && !lengths.has(0));
}
