import {
  and,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  or,
  type SQL,
} from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { invalidAt } from './input.ts';
import type { TableInfo } from './table-info.ts';

/** The condition of a filter, and its form without values. */
export interface RowFilter {
  readonly condition: SQL | undefined;
  readonly shape: string;
}

type Operator = (column: PgColumn, value: unknown) => SQL | undefined;

const OPERATORS: Readonly<Record<string, Operator>> = {
  // A row without a value differs from every value, unlike in SQL.
  ne: (column, value) =>
    value === null ? isNotNull(column) : or(ne(column, value), isNull(column)),
  lt,
  lte,
  gt,
  gte,
  in: (column, value) => inArray(column, value as unknown[]),
};

/** Most values of `in`. */
const LONGEST = 1000;

/** Reads a filter. Its names may come from a client, so each one is checked. */
export function filterRows(info: TableInfo, where: unknown): RowFilter {
  if (where === undefined) return { condition: undefined, shape: '' };
  if (typeof where !== 'object' || where === null) {
    throw invalidAt(info, ['where'], 'must be an object');
  }
  const parts = Object.entries(where).flatMap(([name, wanted]: [string, unknown]) =>
    wanted === undefined ? [] : [onColumn(info, name, wanted)],
  );
  return {
    condition: and(...parts.map(({ condition }) => condition)),
    shape: parts.map(({ shape }) => shape).join(),
  };
}

function onColumn(info: TableInfo, name: string, wanted: unknown): RowFilter {
  const column = comparableColumn(info, name, 'where');
  if (wanted === null) return { condition: isNull(column), shape: `${name} null` };
  if (typeof wanted !== 'object' || wanted instanceof Date) {
    checkValue(info, name, column, wanted);
    return { condition: eq(column, wanted), shape: `${name} =` };
  }
  const parts = Object.entries(wanted).flatMap(([key, value]: [string, unknown]) => {
    const operator = Object.hasOwn(OPERATORS, key) ? OPERATORS[key] : undefined;
    if (!operator) {
      throw invalidAt(info, ['where', name], `has no condition ${JSON.stringify(key)}`);
    }
    if (value === undefined) return [];
    if (key === 'in') checkList(info, name, column, value);
    else if (!(key === 'ne' && value === null)) checkValue(info, name, column, value);
    const size = Array.isArray(value) ? value.length : '';
    return [{ condition: operator(column, value), shape: `${name} ${key} ${size}` }];
  });
  return {
    condition: and(...parts.map(({ condition }) => condition)),
    shape: parts.map(({ shape }) => shape).join(),
  };
}

const KINDS: ReadonlySet<string> = new Set(['string', 'number', 'bigint', 'boolean', 'date']);

/** A column that can be compared and ordered: not JSON, not an array. */
export function comparableColumn(info: TableInfo, name: string, option: string): PgColumn {
  const column = Object.hasOwn(info.columns, name) ? info.columns[name] : undefined;
  if (!column) throw invalidAt(info, [option, name], 'is not a column');
  if (!KINDS.has(column.dataType)) throw invalidAt(info, [option, name], 'cannot be compared');
  return column;
}

function checkList(info: TableInfo, name: string, column: PgColumn, values: unknown): void {
  if (!Array.isArray(values) || values.length > LONGEST) {
    throw invalidAt(info, ['where', name], `needs a list of at most ${LONGEST} values`);
  }
  for (const value of values as readonly unknown[]) checkValue(info, name, column, value);
}

/** Drizzle fails on a value of another type, or sends it as text. */
function checkValue(info: TableInfo, name: string, column: PgColumn, value: unknown): void {
  const kind = value instanceof Date ? 'date' : typeof value;
  const isValid =
    kind === column.dataType &&
    !(value instanceof Date && Number.isNaN(value.getTime())) &&
    !Number.isNaN(value);
  if (!isValid) throw invalidAt(info, ['where', name], `must be a ${column.dataType}`);
}
