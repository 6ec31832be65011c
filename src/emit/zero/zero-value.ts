import { baseType } from '../../model/base-type.ts';
import type { ColumnType } from '../../model/column-type.ts';
import { zeroBaseType, zeroTypeOf, type ZeroType } from '../../model/zero-type.ts';
import { quote } from './quote.ts';
import type { CustomType } from './zero-nodes.ts';

/** The type of a column's values in the client. */
export interface ZeroValue extends ZeroType, ClientType {}

interface ClientType {
  readonly custom?: CustomType;
  /** Drizzle uses the same JavaScript values, so that its `$type` applies too. */
  readonly asDrizzle: boolean;
}

/** Types that drivers also return as numbers; they return the others as text or as a Date. */
const NUMBERS = new Set(['smallint', 'integer', 'real', 'double precision']);

/** A column's values in the client; `undefined` if zero-cache cannot sync the type. */
export function zeroValue(type: ColumnType): ZeroValue | undefined {
  const synced = zeroTypeOf(type);
  return synced && { ...synced, ...clientType(type) };
}

function clientType(type: ColumnType): ClientType {
  switch (type.kind) {
    case 'uuid':
    case 'float':
    case 'boolean':
      return { asDrizzle: true };
    case 'text':
    case 'varchar':
      return words(type.values);
    case 'char':
      // Postgres pads the value, and the padding is replicated.
      return words(type.values?.map((word) => word.padEnd(type.length)));
    case 'enum':
      return words(type.values);
    case 'integer':
    case 'numeric':
      return { asDrizzle: type.as === 'number' };
    case 'timestamp':
    case 'date':
      return { asDrizzle: false };
    case 'json':
      return { custom: { kind: 'json' }, asDrizzle: true };
    case 'array':
      return arrayOf({ type: zeroTypeOf(type.of)?.type ?? 'json', ...clientType(type.of) });
    case 'other':
      return other(type.sql, type.mapped === true);
  }
}

function words(values: readonly string[] | undefined): ClientType {
  if (!values?.length) return { asDrizzle: true };
  const text = values.map(quote).join(' | ');
  return { custom: { kind: 'plain', text }, asDrizzle: true };
}

function other(sql: string, mapped: boolean): ClientType {
  const { name, dimensions } = baseType(sql);
  const type = zeroBaseType(name) ?? 'json';
  let value: ZeroValue = {
    type,
    asDrizzle: !mapped && (type !== 'number' || NUMBERS.has(name)),
    ...(type === 'json' && { custom: { kind: 'json' } }),
  };
  for (let left = dimensions; left > 0; left -= 1) value = { type: 'json', ...arrayOf(value) };
  const { custom, asDrizzle } = value;
  return { asDrizzle, ...(custom && { custom }) };
}

/** The custom type of an array includes the type of its elements. */
const arrayOf = (element: ZeroValue): ClientType => ({
  custom: { kind: 'text', parts: elementParts(element) },
  asDrizzle: element.asDrizzle,
});

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
