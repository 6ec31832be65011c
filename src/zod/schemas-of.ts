import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import {
  insertSchema,
  selectSchema,
  updateSchema,
  type InsertSchema,
  type SelectSchema,
  type UpdateSchema,
} from './table-schemas.ts';

/** The three validators of a table. */
export interface TableSchemas<T extends PgTable> {
  readonly insert: InsertSchema<T>;
  readonly update: UpdateSchema<T>;
  readonly select: SelectSchema<T>;
}

/** The validators of every exported table of a module, by export name. */
export type SchemasOf<Exports> = {
  readonly [
    Name in keyof Exports as Exports[Name] extends PgTable ? Name : never
  ]: Exports[Name] extends PgTable ? TableSchemas<Exports[Name]> : never;
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
export function schemasOf<Exports extends object>(exports: Exports): SchemasOf<Exports> {
  const tables = Object.entries(exports).filter(([, value]) => is(value, PgTable));
  return Object.fromEntries(
    tables.map(([name, table]) => [name, lazySchemas(table as PgTable)]),
  ) as SchemasOf<Exports>;
}

function lazySchemas<T extends PgTable>(table: T): TableSchemas<T> {
  let insert: InsertSchema<T> | undefined;
  let update: UpdateSchema<T> | undefined;
  let select: SelectSchema<T> | undefined;
  return {
    get insert() {
      return (insert ??= insertSchema(table));
    },
    get update() {
      return (update ??= updateSchema(table));
    },
    get select() {
      return (select ??= selectSchema(table));
    },
  };
}
