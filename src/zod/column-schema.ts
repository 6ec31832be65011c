import { z } from 'zod';
import type { ColumnType } from '../model/column-type.ts';
import { isoDate, isoTimestamp, moment } from './date-schemas.ts';
import { jsonValue } from './json-schema.ts';
import { numericNumber, numericText } from './numeric-schema.ts';
import { fixedText, plainText, uuid } from './text-schemas.ts';

const INT64_MAX = 2n ** 63n - 1n;

/**
 * The values that Postgres takes for a column of this type, NULL aside.
 * `undefined` where this package has no better answer than drizzle-zod's own.
 */
export function columnSchema(type: ColumnType): z.ZodType | undefined {
  switch (type.kind) {
    case 'uuid':
      return uuid();
    case 'text':
      return type.values ? z.enum(type.values) : plainText();
    case 'varchar':
      return type.values ? z.enum(type.values) : fixedText(type.length);
    case 'char':
      return type.values ? z.enum(type.values) : fixedText(type.length);
    case 'integer':
      return integer(type.bits, type.as);
    case 'float':
      return type.bits === 32 ? z.number().refine(isReal, 'must fit into a real') : z.number();
    case 'numeric':
      return type.as === 'string'
        ? numericText(type)
        : type.as === 'number'
          ? numericNumber(type)
          : undefined;
    case 'boolean':
      return z.boolean();
    case 'timestamp':
      return type.as === 'date' ? moment() : isoTimestamp();
    case 'date':
      return type.as === 'date' ? moment() : isoDate();
    case 'json':
      return jsonValue();
    case 'array':
      return array(type.of);
    case 'other':
      return undefined;
  }
}

function integer(bits: 16 | 32 | 64, as: 'number' | 'bigint'): z.ZodType {
  if (as === 'bigint') {
    return z
      .bigint()
      .gte(-INT64_MAX - 1n)
      .lte(INT64_MAX);
  }
  // zod's int() is a safe integer: a bigint column beyond 2^53 would come back as another number.
  // There is no negative zero in an integer column.
  const schema = z.int().overwrite((value) => value + 0);
  if (bits === 64) return schema;
  return schema.gte(-(2 ** (bits - 1))).lte(2 ** (bits - 1) - 1);
}

/** Postgres refuses what overflows a real, and what is too small for it but not zero. */
function isReal(value: number): boolean {
  const real = Math.fround(value);
  return Number.isFinite(real) && (real !== 0 || value === 0);
}

function array(of: ColumnType): z.ZodType | undefined {
  const item = columnSchema(of);
  if (!item) return undefined;
  const list = z.array(item);
  return of.kind === 'array'
    ? list.refine(isRectangular, 'must have inner lists of one length, none of them empty')
    : list;
}

/** An array of arrays is one block in Postgres: every row as long as the next. */
function isRectangular(rows: readonly unknown[]): boolean {
  const lengths = new Set(rows.map((row) => (Array.isArray(row) ? row.length : 0)));
  return rows.length === 0 || (lengths.size === 1 && !lengths.has(0));
}
