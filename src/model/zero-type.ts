import { baseType } from './base-type.ts';
import type { ColumnType } from './column-type.ts';

/** The value types of Zero columns. */
export type ZeroValueType = 'string' | 'number' | 'boolean' | 'json';

/** How Zero syncs a column type. */
export interface ZeroType {
  readonly type: ZeroValueType;
  /** The possible loss of information. */
  readonly loss?: 'big' | 'decimal';
}

/** zero-cache's mapping of Postgres types; other types are not supported. */
const BASE: ReadonlyMap<string, ZeroValueType> = new Map([
  ['smallint', 'number'],
  ['integer', 'number'],
  ['bigint', 'number'],
  ['numeric', 'number'],
  ['real', 'number'],
  ['double precision', 'number'],
  ['boolean', 'boolean'],
  ['text', 'string'],
  ['character varying', 'string'],
  ['character', 'string'],
  ['uuid', 'string'],
  ['inet', 'string'],
  ['cidr', 'string'],
  ['macaddr', 'string'],
  ['macaddr8', 'string'],
  ['pg_lsn', 'string'],
  ['date', 'number'],
  ['time without time zone', 'number'],
  ['time with time zone', 'number'],
  ['timestamp without time zone', 'number'],
  ['timestamp with time zone', 'number'],
  ['json', 'json'],
  ['jsonb', 'json'],
]);

/** The types of the extension isn, in any schema. */
const NUMBERS_OF_THINGS = /(?:^|\.)(?:ean13|isbn|isbn13|ismn|ismn13|issn|issn13|upc)$/;

/**
 * Types whose arrays arrive corrupted: zero-cache copies arrays in Postgres's binary
 * format, and decodes the bytes of an unknown element type as text.
 */
const NOT_IN_ARRAYS = new Set(['inet', 'cidr', 'macaddr', 'macaddr8', 'pg_lsn']);

/** Decimal digits that a double preserves. */
const SURE_DIGITS = 15;

/** The Zero type of a column type; `undefined` if zero-cache cannot sync it. */
export function zeroTypeOf(type: ColumnType): ZeroType | undefined {
  switch (type.kind) {
    case 'uuid':
    case 'text':
    case 'varchar':
    case 'char':
    case 'enum':
      return { type: 'string' };
    case 'integer':
      return { type: 'number', ...(type.as === 'bigint' && { loss: 'big' }) };
    case 'float':
    case 'timestamp':
    case 'date':
      return { type: 'number' };
    case 'numeric': {
      const sure = type.as === 'number' || (type.precision ?? Infinity) <= SURE_DIGITS;
      return { type: 'number', ...(!sure && { loss: 'decimal' }) };
    }
    case 'boolean':
      return { type: 'boolean' };
    case 'json':
      return { type: 'json' };
    case 'array':
      return isGarbled(type.of) ? undefined : arrayOf(zeroTypeOf(type.of));
    case 'other':
      return otherType(type.sql);
  }
}

/** The Zero type of a base type, by the name that Postgres prints. */
export const zeroBaseType = (name: string): ZeroValueType | undefined =>
  NUMBERS_OF_THINGS.test(name) ? 'string' : BASE.get(name);

const isGarbled = (element: ColumnType): boolean =>
  element.kind === 'other' && isGarbledName(baseType(element.sql).name);

const isGarbledName = (name: string): boolean =>
  NOT_IN_ARRAYS.has(name) || NUMBERS_OF_THINGS.test(name);

/** Zero has one type for all arrays. */
const arrayOf = (element: ZeroType | undefined): ZeroType | undefined =>
  element && { ...element, type: 'json' };

function otherType(sql: string): ZeroType | undefined {
  const { name, args, dimensions } = baseType(sql);
  const type = zeroBaseType(name);
  if (!type || (dimensions > 0 && isGarbledName(name))) return undefined;
  const digits = Number(args?.split(',')[0] ?? Infinity);
  return {
    type: dimensions > 0 ? 'json' : type,
    ...(name === 'bigint' && { loss: 'big' }),
    ...(name === 'numeric' && digits > SURE_DIGITS && { loss: 'decimal' }),
  };
}
