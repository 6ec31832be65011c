import { integerBounds } from '../../model/values/value-rules.ts';
import { baseType } from '../../model/base-type.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { Json, JsonObject } from './json.ts';
import {
  DATE_PATTERN,
  LOCAL_TIME_PATTERN,
  RFC_3339_PATTERN,
  TIMESTAMP_PATTERN,
} from './moment-patterns.ts';
import { precisionBounds } from './number-bounds.ts';

type Of<Kind extends ColumnType['kind']> = Extract<ColumnType, { kind: Kind }>;

/** Defines a list of words once, and returns the reference to it. */
export type DefineWords = (type: ColumnType, words: readonly string[]) => JsonObject;

/** The JSON Schema of a type's values, except NULL. */
export function typeNode(type: ColumnType, defineWords: DefineWords): JsonObject {
  if ('values' in type && type.values !== undefined) return defineWords(type, type.values);
  switch (type.kind) {
    case 'uuid':
      return wholeText(UUID_PATTERN, 'uuid');
    case 'varchar':
    case 'char':
      return { ...TEXT, ...(type.length !== undefined && { maxLength: type.length }) };
    case 'text':
    case 'enum':
      return TEXT;
    case 'integer':
      return integer(type);
    case 'float':
      return type.bits === 32 ? REAL : { type: 'number' };
    case 'numeric':
      return numeric(type);
    case 'boolean':
      return { type: 'boolean' };
    case 'timestamp':
      return timestamp(type);
    case 'date':
      return wholeText(DATE_PATTERN, 'date');
    case 'json':
      return {};
    case 'array':
      return { type: 'array', items: inner(typeNode(type.of, defineWords)) };
    case 'other':
      return other(type);
  }
}

/** The characters that no text of the column has. `$` in Python also matches before a final newline. */
export const NUL = '\\u0000';
export const NEWLINE = '\\n';

/** `not` with the type, because a pattern does not apply to null. */
export const without = (characters: string): JsonObject => ({
  not: { type: 'string', pattern: `[${characters}]` },
});

const TEXT: JsonObject = { type: 'string', ...without(NUL) };

const wholeText = (pattern: string, format?: string): JsonObject => ({
  type: 'string',
  ...(format !== undefined && { format }),
  pattern,
  ...without(NEWLINE),
});

const UUID_PATTERN = '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

const INT64_MAX = 2n ** 63n - 1n;
const INT64: JsonObject = { type: 'integer', minimum: -INT64_MAX - 1n, maximum: INT64_MAX };

function integer({ bits, as }: Of<'integer'>): JsonObject {
  if (as === 'bigint') return INT64;
  const { min, max } = integerBounds(bits);
  return { type: 'integer', minimum: min, maximum: max };
}

/** Halfway to the next power of two, which Postgres rounds up to infinity. */
const REAL_END = (2 - 2 ** -24) * 2 ** 127;
/** Half of the smallest real, which Postgres rounds down to zero and refuses. */
const REAL_UNDERFLOW = 2 ** -150;
const REAL: JsonObject = {
  type: 'number',
  exclusiveMinimum: -REAL_END,
  exclusiveMaximum: REAL_END,
  not: {
    type: 'number',
    minimum: -REAL_UNDERFLOW,
    maximum: REAL_UNDERFLOW,
    not: { const: 0 },
  },
};

function numeric({ as, precision, scale = 0 }: Of<'numeric'>): JsonObject {
  if (as === 'bigint') return INT64;
  if (as === 'number') {
    return {
      type: 'number',
      ...(precision !== undefined && { ...precisionBounds(precision, scale) }),
    };
  }
  if (precision === undefined || scale < 0) return wholeText(decimal('[0-9]+'));
  const whole = precision - scale;
  // A number that is rounded up to one more digit is refused.
  const nines = whole > 0 ? `0*9{${whole}}\\.9{${scale}}` : `0*\\.0{${-whole}}9{${precision}}`;
  return {
    ...wholeText(decimal(whole > 0 ? `0*[0-9]{1,${whole}}` : '0+', Math.max(-whole, 0))),
    not: { type: 'string', pattern: `${NEWLINE}|^[+-]?${nines}[5-9]` },
  };
}

/** A decimal number without an exponent; `zeros` is the number of zeros after the point. */
function decimal(whole: string, zeros = 0): string {
  if (zeros === 0) return `^[+-]?(?:${whole}(?:\\.[0-9]*)?|\\.[0-9]+)$`;
  const fraction = `0{0,${zeros}}|0{${zeros}}[0-9]+`;
  return `^[+-]?(?:${whole}(?:\\.(?:${fraction}))?|\\.(?:0{1,${zeros}}|0{${zeros}}[0-9]+))$`;
}

function timestamp({ as, withTimezone }: Of<'timestamp'>): JsonObject {
  if (as === 'string') return wholeText(TIMESTAMP_PATTERN);
  if (!withTimezone) return wholeText(LOCAL_TIME_PATTERN);
  return wholeText(RFC_3339_PATTERN, 'date-time');
}

/** The inner lists of an array of arrays have elements. */
const inner = (node: JsonObject): JsonObject =>
  node['type'] === 'array' ? { ...node, minItems: 1 } : node;

/** Types whose values are written as text; only Postgres knows which text is valid. */
const TEXTS = new Set(
  [
    'time without time zone,time with time zone,interval,inet,cidr,macaddr,macaddr8,pg_lsn',
    'bit,bit varying,citext,tsvector,tsquery,xml,money,name,sparsevec,ltree,bytea',
    'int4range,int8range,numrange,tsrange,tstzrange,daterange',
  ].flatMap((names) => names.split(',')),
);
const VECTORS = new Set(['vector', 'halfvec']);

function other({ sql, mapped }: Of<'other'>): JsonObject {
  const { name, args, dimensions } = baseType(sql);
  if (mapped) return {};
  let node: JsonObject = {};
  if (TEXTS.has(name)) node = { type: 'string' };
  if (VECTORS.has(name)) node = { type: 'array', items: { type: 'number' }, ...lengthOf(args) };
  for (let depth = 0; depth < dimensions; depth += 1) node = { type: 'array', items: node };
  return node;
}

const lengthOf = (args: string | undefined): Readonly<Record<string, Json>> =>
  args === undefined ? {} : { minItems: Number(args), maxItems: Number(args) };
