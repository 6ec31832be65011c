import type { PgColumn } from 'drizzle-orm/pg-core';
import type { ServiceIssue } from '../report/service-failure.ts';
import { ServiceError } from './service-error.ts';
import type { TableInfo } from './table-info.ts';

/** A row by the column names of TypeScript. */
export type AnyRow = Readonly<Record<string, unknown>>;

/** Columns to select or return, each by its name in the row. */
export type Fields = Record<string, PgColumn>;

/** A Zod schema, as far as it is used here. */
export interface Schema {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: unknown }
    | { readonly success: false; readonly error: { readonly issues: readonly ZodIssue[] } };
}

interface ZodIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The inputs of an operation. Issues of a batch start with the position of their input. */
export interface Batch {
  readonly inputs: readonly unknown[];
  readonly path: (position: number) => readonly number[];
}

export const single = (input: unknown): Batch => ({ inputs: [input], path: () => [] });

export const batch = (inputs: readonly unknown[]): Batch => ({
  inputs,
  path: (position: number) => [position],
});

/** Most keys of one call: Postgres accepts 65,535 parameters in a statement. */
const MOST_KEYS = 10_000;

/** Refuses what is not a list, and lists that are too long for one statement. */
export function checkBatch(info: TableInfo, { inputs }: Batch, most: number = MOST_KEYS): void {
  if (Array.isArray(inputs) && inputs.length <= most) return;
  throw invalidAt(info, [], `needs a list of at most ${most} items`);
}

/** Validates an input, and throws its issues. */
export function parse(
  info: TableInfo,
  schema: Schema,
  value: unknown,
  path: readonly number[],
): AnyRow {
  const result = schema.safeParse(value);
  if (result.success) return result.data as AnyRow;
  const plain = (key: PropertyKey): string | number =>
    typeof key === 'symbol' ? String(key) : key;
  throw invalid(
    info,
    result.error.issues.map((issue) => ({
      path: [...path, ...issue.path.map(plain)],
      message: issue.message,
    })),
  );
}

const invalid = (info: TableInfo, issues: readonly ServiceIssue[]): ServiceError =>
  new ServiceError({ code: 'invalid', table: info.name, issues });

export const invalidAt = (
  info: TableInfo,
  path: readonly (string | number)[],
  message: string,
): ServiceError => invalid(info, [{ path, message }]);

/** The columns to return. By default, all that are not server-only. */
export function selected(info: TableInfo, columns: readonly string[] = info.visible): Fields {
  return Object.fromEntries(
    columns.map((name) => {
      const column = Object.hasOwn(info.columns, name) ? info.columns[name] : undefined;
      if (!column) throw invalidAt(info, ['columns'], `has no column ${JSON.stringify(name)}`);
      return [name, column];
    }),
  );
}

/** The row with only these columns. */
export const only = (row: AnyRow, fields: Fields): AnyRow =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, row[name]]));
