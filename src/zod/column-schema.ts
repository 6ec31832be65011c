// `zod/v4` also exists in zod 3.25, where `zod` is version 3 and this module would not load.
import { z } from 'zod/v4';
import { canonicalUuid } from '../model/values/text-rules.ts';
import {
  integerBounds,
  notOneOf,
  valueRules,
  wordsOf,
  type Rule,
} from '../model/values/value-rules.ts';
import type { Constraint } from '../kit/index.ts';
import type { ColumnType } from '../model/column-type.ts';
import { isJson, withPrototype } from './json-rule.ts';
import { withRules } from './rules.ts';

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
  // The base schema ensures the type of value that the rules assume.
  const own = valueRules(type, constraints) as readonly Rule<unknown>[];
  const words = wordsOf(type);
  if (words !== undefined) return withRules(z.enum(words, { error: notOneOf(words) }), own);
  switch (type.kind) {
    case 'uuid':
      return withRules(z.string(), own, canonicalUuid);
    case 'text':
    case 'varchar':
    case 'char':
      // Postgres stores a lone surrogate as U+FFFD, so it is replaced here already: client
      // and server have the same text.
      return withRules(z.string(), own, (value) => value.toWellFormed());
    case 'integer':
      return withRules(integer(type.bits, type.as), own);
    case 'float':
      return withRules(z.number(), own);
    case 'numeric':
      if (type.as === 'bigint') return withRules(fallback, own);
      return withRules<unknown>(type.as === 'string' ? z.string() : z.number(), own);
    case 'boolean':
      return z.boolean();
    case 'timestamp':
    case 'date':
      return withRules<unknown>(type.as === 'date' ? z.date() : z.string(), own);
    case 'json':
      return withRules(
        z.unknown(),
        // A bounded column has all of the rule in its constraint, which also ends early.
        constraints.some(({ kind }) => kind === 'json') ? own : [JSON_RULE, ...own],
        withPrototype,
      );
    case 'array':
      return withRules(array(type.of, fallback) as z.ZodType<unknown>, own);
    default:
      return withRules(fallback, own);
  }
}

const JSON_RULE: Rule<unknown> = {
  holds: isJson,
  message: 'must be JSON, without NUL characters and lone surrogates',
};

function integer(bits: 16 | 32 | 64, as: 'number' | 'bigint'): z.ZodType<unknown> {
  if (as === 'bigint')
    return z
      .bigint()
      .gte(-INT64_MAX - 1n)
      .lte(INT64_MAX);
  const { min, max } = integerBounds(bits);
  const least = `must be at least ${min}`;
  const most = `must be at most ${max}`;
  const error: z.core.$ZodErrorMap = ({ code }) =>
    code === 'too_small' ? least : code === 'too_big' ? most : 'must be a whole number';
  // Zod's int() allows only safe integers. `+ 0` removes the negative zero, which Postgres
  // does not have.
  const schema = z.int({ error }).overwrite((value) => value + 0);
  return bits === 64 ? schema : schema.gte(min, least).lte(max, most);
}

function array(of: ColumnType, fallback: z.ZodType): z.ZodType {
  if (of.kind === 'other') return fallback;
  const list = z.array(columnSchema(of, [], fallback));
  return of.kind === 'array'
    ? withRules(list, [
        { holds: isRectangular, message: 'must have nonempty inner lists of equal length' },
      ])
    : list;
}

/** Multidimensional arrays in Postgres are rectangular. */
function isRectangular(rows: readonly unknown[]): boolean {
  const lengths = new Set(rows.map((row) => (Array.isArray(row) ? row.length : 0)));
  return rows.length === 0 || (lengths.size === 1 && !lengths.has(0));
}
