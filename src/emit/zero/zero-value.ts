import type { ColumnType } from '../../model/column-type.ts';
import { baseType } from '../../model/base-type.ts';
import { quote } from './quote.ts';
import type { CustomType, ZeroValueType } from './zero-nodes.ts';
import { own } from './own.ts';

/** The type of a column's values in the client. */
export interface ZeroValue {
  readonly type: ZeroValueType;
  readonly custom?: CustomType;
  /** Drizzle uses the same JavaScript values, so that its `$type` applies too. */
  readonly asDrizzle: boolean;
  /** The possible loss of information. */
  readonly loss?: 'big' | 'decimal';
}

/** zero-cache's mapping of Postgres types; other types are not supported. */
const BASE: Readonly<Record<string, ZeroValueType>> = {
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  text: 'string',
  'character varying': 'string',
  character: 'string',
  uuid: 'string',
  inet: 'string',
  cidr: 'string',
  macaddr: 'string',
  macaddr8: 'string',
  pg_lsn: 'string',
  date: 'number',
  'time without time zone': 'number',
  'time with time zone': 'number',
  'timestamp without time zone': 'number',
  'timestamp with time zone': 'number',
  json: 'json',
  jsonb: 'json',
};

/** Types that drivers also return as numbers; they return the others as text or as a Date. */
const NUMBERS = new Set(['smallint', 'integer', 'real', 'double precision']);

/** The types of the extension isn, in any schema. */
const NUMBERS_OF_THINGS = /(?:^|\.)(?:ean13|isbn|isbn13|ismn|ismn13|issn|issn13|upc)$/;

/**
 * Types whose arrays arrive corrupted: zero-cache copies arrays in Postgres's binary
 * format, and decodes the bytes of an unknown element type as text.
 */
const NOT_IN_ARRAYS = new Set(['inet', 'cidr', 'macaddr', 'macaddr8', 'pg_lsn']);

/** Decimal digits that a double preserves. */
const SURE_DIGITS = 15;

/** A column's values in the client; `undefined` if zero-cache cannot sync the type. */
export function zeroValue(type: ColumnType): ZeroValue | undefined {
  switch (type.kind) {
    case 'uuid':
      return { type: 'string', asDrizzle: true };
    case 'text':
    case 'varchar':
      return words(type.values);
    case 'char':
      // Postgres pads the value, and the padding is replicated.
      return words(type.values?.map((word) => word.padEnd(type.length)));
    case 'enum':
      return words(type.values);
    case 'integer':
      return {
        type: 'number',
        asDrizzle: type.as === 'number',
        ...(type.as === 'bigint' && { loss: 'big' }),
      };
    case 'float':
      return { type: 'number', asDrizzle: true };
    case 'numeric': {
      const sure = type.as === 'number' || (type.precision ?? Infinity) <= SURE_DIGITS;
      return {
        type: 'number',
        asDrizzle: type.as === 'number',
        ...(!sure && { loss: 'decimal' }),
      };
    }
    case 'boolean':
      return { type: 'boolean', asDrizzle: true };
    case 'timestamp':
    case 'date':
      return { type: 'number', asDrizzle: false };
    case 'json':
      return { type: 'json', custom: { kind: 'json' }, asDrizzle: true };
    case 'array':
      return isGarbled(type.of) ? undefined : arrayOf(zeroValue(type.of));
    case 'other':
      return other(type.sql, type.mapped === true);
  }
}

const isGarbled = (element: ColumnType): boolean =>
  element.kind === 'other' && isGarbledName(baseType(element.sql).name);

const isGarbledName = (name: string): boolean =>
  NOT_IN_ARRAYS.has(name) || NUMBERS_OF_THINGS.test(name);

function words(values: readonly string[] | undefined): ZeroValue {
  if (!values?.length) return { type: 'string', asDrizzle: true };
  const text = values.map(quote).join(' | ');
  return { type: 'string', custom: { kind: 'plain', text }, asDrizzle: true };
}

function other(sql: string, mapped: boolean): ZeroValue | undefined {
  const { name, args, dimensions } = baseType(sql);
  const type = NUMBERS_OF_THINGS.test(name) ? 'string' : own(BASE, name);
  if (!type || (dimensions > 0 && isGarbledName(name))) return undefined;
  const digits = Number(args?.split(',')[0] ?? Infinity);
  let value: ZeroValue = {
    type,
    asDrizzle: !mapped && (type !== 'number' || NUMBERS.has(name)),
    ...(type === 'json' && { custom: { kind: 'json' } }),
    ...(name === 'bigint' && { loss: 'big' }),
    ...(name === 'numeric' && digits > SURE_DIGITS && { loss: 'decimal' }),
  };
  for (let left = dimensions; left > 0; left -= 1) value = arrayOf(value) ?? value;
  return value;
}

/** Zero has one type for all arrays; the custom type includes the element type. */
function arrayOf(element: ZeroValue | undefined): ZeroValue | undefined {
  if (element === undefined) return undefined;
  return {
    type: 'json',
    custom: { kind: 'text', parts: elementParts(element) },
    asDrizzle: element.asDrizzle,
    ...(element.loss && { loss: element.loss }),
  };
}

function elementParts({ type, custom }: ZeroValue): Extract<CustomType, { kind: 'text' }>['parts'] {
  if (custom === undefined) return [`${type}[]`];
  switch (custom.kind) {
    case 'plain':
      return [custom.text.includes(' | ') ? `(${custom.text})[]` : `${custom.text}[]`];
    case 'text':
      return [...custom.parts, '[]'];
    default:
      return [{ name: 'ReadonlyJSONValue', from: { package: '@rocicorp/zero' } }, '[]'];
  }
}
