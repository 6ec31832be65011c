import { isTimestamp } from '../../src/model/values/date-rules.ts';
import type { Column } from '../../src/model/column.ts';
import type { Table } from '../../src/model/table.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A row as JSON, with the names of the columns in SQL. */
export function encodeRow({ columns }: Table, row: Fields): Record<string, unknown> {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const { key, name } = column;
      return key in row ? [[name, encode(column, row[key])]] : [];
    }),
  );
}

function encode({ type }: Column, value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (!(value instanceof Date)) return value;
  return type.kind === 'date' ? value.toISOString().slice(0, 10) : value.toISOString();
}

/** A row as Drizzle has it, from JSON. What cannot be decoded stays, for the validator to refuse. */
export function decodeRow({ columns }: Table, json: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      const column = columns.find((one) => one.name === name);
      return column ? [column.key, decode(column, value)] : [name, value];
    }),
  );
}

function decode({ type }: Column, value: unknown): unknown {
  if ('as' in type && type.as === 'bigint') {
    return Number.isInteger(value) ? BigInt(value as number) : value;
  }
  if (!('as' in type) || type.as !== 'date' || typeof value !== 'string') return value;
  if (type.kind === 'date') {
    return isTimestamp(`${value}T00:00`) ? new Date(value) : value;
  }
  const seconds = /T\d\d:\d\d:\d\d/.test(value);
  const offset = /(?:Z|[+-]\d\d:\d\d)$/.test(value);
  const isLocal =
    type.kind === 'timestamp' &&
    !type.withTimezone &&
    /\d$/.test(value) &&
    !/[+-]\d\d$/.test(value.slice(10));
  if (!isTimestamp(value) || !seconds || !(offset || isLocal)) return value;
  return new Date(offset ? value : `${value}Z`);
}
