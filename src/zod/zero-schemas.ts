import { z } from 'zod';
import { columnProblem } from '../model/values/column-problem.ts';
import type { ColumnCheck, RowChecks } from '../model/column-check.ts';
import { isJson } from './json-rule.ts';
import type { ZeroInsert, ZeroRow, ZeroTable, ZeroUpdate } from './zero-rows.ts';

/** The validators of a synced table. */
export interface ZeroTableSchemas<Table extends ZeroTable, Checks = {}> {
  /** A new row. */
  readonly insert: z.ZodType<ZeroInsert<Table>>;
  /** The key, and the columns to change. */
  readonly update: z.ZodType<ZeroUpdate<Table, Checks>>;
  /** A row as a query returns it. */
  readonly row: z.ZodType<ZeroRow<Table>>;
}

/** The validators of every table of a Zero schema. */
export type ZeroSchemas<Tables extends Readonly<Record<string, ZeroTable>>, Checks = {}> = {
  readonly [Name in keyof Tables]: ZeroTableSchemas<
    Tables[Name],
    Name extends keyof Checks ? Checks[Name] : {}
  >;
};

/**
 * Validators for rows as Zero has them: moments are numbers, arrays are JSON. They are for
 * forms in a client, and refuse the same values as `crudMutators()`, with the same messages for constraints.
 * Server-only columns do not exist in them, and an update has no immutable columns.
 *
 * @example
 * const synced = zeroSchemas(zeroSchema, checks);
 * synced.bookmarks.update.safeParse({ id: 1 }).success; // false
 */
export function zeroSchemas<
  const Tables extends Readonly<Record<string, ZeroTable>>,
  const Checks extends RowChecks,
>(schema: { readonly tables: Tables }, checks: Checks): ZeroSchemas<Tables, Checks> {
  return Object.fromEntries(
    Object.entries(schema.tables).map(([name, table]) => [name, lazily(table, checks[name] ?? {})]),
  ) as ZeroSchemas<Tables, Checks>;
}

function lazily(
  table: ZeroTable,
  checks: RowChecks[string],
): Record<keyof ZeroTableSchemas<ZeroTable>, z.ZodType> {
  const built: Partial<Record<string, z.ZodType>> = {};
  const isKey = (name: string): boolean => table.primaryKey.includes(name);
  const columns = Object.entries(table.columns);
  const shape = (optional: (name: string) => boolean, names = columns): z.ZodType =>
    z.strictObject(
      Object.fromEntries(
        names.map(([name, column]) => {
          const schema = columnSchema(column, checks[name]);
          return [name, optional(name) ? schema.optional() : schema];
        }),
      ),
    );
  const isOptional = (name: string): boolean => table.columns[name]?.optional === true;
  return {
    get insert() {
      return (built['insert'] ??= shape(isOptional));
    },
    get update() {
      return (built['update'] ??= shape(
        (name) => !isKey(name),
        columns.filter(([name]) => isKey(name) || !checks[name]?.immutable),
      ));
    },
    get row() {
      return (built['row'] ??= shape(() => false));
    },
  };
}

function columnSchema(
  { type, optional }: ZeroTable['columns'][string],
  check: ColumnCheck | undefined,
): z.ZodType {
  const problem = columnProblem(check ?? {});
  const schema = BASE[type]().check((payload) => {
    const message = problem(payload.value);
    if (message === undefined) return;
    payload.issues.push({ code: 'custom', message, input: payload.value });
  });
  return optional ? schema.nullable() : schema;
}

const BASE = {
  string: (): z.ZodType =>
    z.string().refine((value) => value.isWellFormed() && !value.includes('\0'), {
      error: 'must not contain NUL characters or lone surrogates',
    }),
  number: (): z.ZodType => z.number(),
  boolean: (): z.ZodType => z.boolean(),
  json: (): z.ZodType =>
    z.unknown().refine((value) => value !== null && isJson(value), {
      error: 'must be JSON, without NUL characters and lone surrogates',
    }),
} as const;
