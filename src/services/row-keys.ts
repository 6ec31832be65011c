import { and, eq, or, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { invalidAt, only, selected, type AnyRow, type Batch, type Fields } from './input.ts';
import { keyOf, type TableInfo } from './table-info.ts';

/** The values of a key, in the order of its columns. */
export type KeyValues = readonly unknown[];

/** Reads the keys of a batch. A key is a value, or an object with the key's columns. */
export const readKeys = (info: TableInfo, { inputs, path }: Batch): readonly KeyValues[] =>
  inputs.map((key, at) => readKeyValues(info, key, path(at)));

export function readKeyValues(info: TableInfo, key: unknown, path: readonly number[]): KeyValues {
  const names = keyOf(info);
  const isObject = typeof key === 'object' && key !== null && !(key instanceof Date);
  if (!isObject && names.length > 1) {
    throw invalidAt(info, path, `the key has the columns ${names.join(' and ')}`);
  }
  return names.map((name) => {
    const value: unknown = isObject ? Reflect.get(key, name) : key;
    const { dataType } = columnOf(info, name);
    const kind = value instanceof Date ? 'date' : typeof value;
    if (kind !== dataType) throw invalidAt(info, [...path, name], `must be a ${dataType}`);
    return value;
  });
}

/** The condition that a row has one of the keys. */
export const hasKey = (info: TableInfo, keys: readonly KeyValues[]): SQL | undefined =>
  or(
    ...keys.map((values) =>
      and(...keyOf(info).map((name, at) => eq(columnOf(info, name), values[at]))),
    ),
  );

/** The columns of a row and of its key. */
export const withKey = (info: TableInfo, fields: Fields): Fields => ({
  ...selected(info, keyOf(info)),
  ...fields,
});

/** A key as text, which is equal for equal keys. */
export const keyText = (info: TableInfo, values: KeyValues): string =>
  JSON.stringify(
    values.map((value, at) => {
      const text = value instanceof Date ? value.toISOString() : String(value);
      // Postgres prints a uuid in lower case, however it was written.
      return columnOf(info, keyOf(info)[at] ?? '').columnType === 'PgUUID'
        ? text.toLowerCase()
        : text;
    }),
  );

/** The rows of the keys, in their order. `lost` has the keys without a row. */
export function matchKeys(
  info: TableInfo,
  keys: readonly KeyValues[],
  rows: readonly AnyRow[],
  fields: Fields,
): { readonly found: readonly AnyRow[]; readonly lost: readonly KeyValues[] } {
  const byKey = new Map(
    rows.map((row) => [
      keyText(
        info,
        keyOf(info).map((name) => row[name]),
      ),
      row,
    ]),
  );
  const rowOf = (key: KeyValues): AnyRow | undefined => byKey.get(keyText(info, key));
  return {
    found: keys.flatMap((key) => {
      const row = rowOf(key);
      return row ? [only(row, fields)] : [];
    }),
    lost: keys.filter((key) => !rowOf(key)),
  };
}

const columnOf = (info: TableInfo, name: string): PgColumn => info.columns[name] as PgColumn;
