import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import {
  insertSchema,
  selectSchema,
  updateSchema,
  type InsertSchema,
  type Narrowing,
  type SelectSchema,
  type UpdateSchema,
} from './table-schemas.ts';

/** The three validators of a table. */
export interface TableSchemas<T extends PgTable, N = undefined> {
  readonly insert: InsertSchema<T, N>;
  readonly update: UpdateSchema<T, N>;
  readonly select: SelectSchema<T, N>;
}

/** Zod schemas that narrow single columns, by the export names of their tables. */
export type NarrowingOf<Exports> = {
  readonly [Name in keyof Exports]?: Exports[Name] extends PgTable
    ? Narrowing<Exports[Name]>
    : never;
};

/** The validators of every exported table of a module, by export name. */
export type SchemasOf<Exports, N = undefined> = {
  readonly [
    Name in keyof Exports as Exports[Name] extends PgTable ? Name : never
  ]: Exports[Name] extends PgTable
    ? TableSchemas<Exports[Name], Name extends keyof N ? N[Name] : undefined>
    : never;
};

/**
 * Validators for all tables of a module. Each one is built at its first use.
 *
 * @example
 * import * as tables from './schema.ts';
 *
 * const validators = schemasOf(tables);
 * validators.tags.insert.safeParse({ name: 'backend' }).success; // false
 */
export function schemasOf<
  Exports extends object,
  const N extends NarrowingOf<Exports> | undefined = undefined,
>(exports: Exports, narrow?: N): SchemasOf<Exports, N> {
  const tables = Object.entries(exports).filter(([, value]) => is(value, PgTable));
  return Object.fromEntries(
    tables.map(([name, table]) => [
      name,
      lazySchemas(table as PgTable, narrow?.[name as keyof Exports] as Narrowing<PgTable>),
    ]),
  ) as SchemasOf<Exports, N>;
}

function lazySchemas(
  table: PgTable,
  narrow: Narrowing<PgTable> | undefined,
): Record<keyof TableSchemas<PgTable>, unknown> {
  let insert: unknown;
  let update: unknown;
  let select: unknown;
  return {
    get insert() {
      return (insert ??= insertSchema(table, narrow));
    },
    get update() {
      return (update ??= updateSchema(table, narrow));
    },
    get select() {
      return (select ??= selectSchema(table, narrow));
    },
  };
}
