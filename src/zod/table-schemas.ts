import { getTableColumns, type InferInsertModel, type InferSelectModel } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { createInsertSchema, createSelectSchema, createUpdateSchema } from 'drizzle-zod';
import { z } from 'zod/v4';
import type { Update } from '../kit/index.ts';
import { readColumnType } from '../kit/read-column-type.ts';
import { readConstraints } from '../kit/read-constraints.ts';
import { readKey } from '../kit/read-key.ts';
import { columnSchema } from './column-schema.ts';
import { withRules } from './rules.ts';

// drizzle-zod's own types need 300,000 instantiations for the result of RowSchema, and
// their more specific classes do not match the schemas of this file.
type Create = (table: PgTable, refine: ReturnType<typeof columnSchemas>) => z.ZodObject;
const insert = createInsertSchema as unknown as Create;
const select = createSelectSchema as unknown as Create;
const update = createUpdateSchema as unknown as Create;

/** A Zod object with one schema per column; optional if the column is optional in the row type. */
export type RowSchema<Row> = z.ZodObject<
  {
    readonly [Column in keyof Row]-?: undefined extends Row[Column]
      ? z.ZodOptional<z.ZodType<Exclude<Row[Column], undefined>>>
      : z.ZodType<Row[Column]>;
  },
  z.core.$strict
>;

/** Zod schemas of single columns, by their names in TypeScript. They apply after the column's own rules. */
export type Narrowing<T extends PgTable> = {
  readonly [Column in keyof T['_']['columns']]?: z.ZodType;
};

/** A row with the values of narrowed columns. */
type Narrowed<T extends PgTable, Row, N> = {
  [Column in keyof Row]: Column extends keyof N
    ? N[Column] extends z.ZodType<infer Value>
      ? // Not from the row's type: `unknown`, the type of JSON, includes null and undefined.
        Value | NullOf<T, Column> | ({} extends Pick<Row, Column> ? undefined : never)
      : Row[Column]
    : Row[Column];
};

type NullOf<T extends PgTable, Column> = Column extends keyof T['_']['columns']
  ? T['_']['columns'][Column]['_']['notNull'] extends true
    ? never
    : null
  : never;

/** Without narrowing the row's own type, which is cheaper to check. */
type Schema<T extends PgTable, Row, N> = [N] extends [undefined]
  ? RowSchema<Row>
  : RowSchema<Narrowed<T, Row, N>>;

/** Schema of a new row. */
export type InsertSchema<T extends PgTable, N = undefined> = Schema<T, InferInsertModel<T>, N>;
/** Schema of a row from the database. */
export type SelectSchema<T extends PgTable, N = undefined> = Schema<T, InferSelectModel<T>, N>;
/** Schema of an update: all columns except the key. */
export type UpdateSchema<T extends PgTable, N = undefined> = Schema<T, Update<T>, N>;

/**
 * Validates a new row of a table as Postgres would: types, lengths, and every
 * CHECK from the kit's helpers. Unknown columns are refused, not dropped.
 *
 * @example
 * const labels = pgTable('labels', { id: id(), name: sortedText('name').notNull() }, (t) => [
 *   notBlank(t.name, { max: 64 }),
 * ]);
 * insertSchema(labels).parse({ id: newId(), name: 'backend' });
 *
 * @param narrow Zod schemas that narrow single columns, for example the content of a JSON
 * column: `{ data: z.object({ version: z.string() }) }`.
 */
export function insertSchema<
  T extends PgTable,
  const N extends Narrowing<T> | undefined = undefined,
>(table: T, narrow?: N): InsertSchema<T, N> {
  return insert(table, columnSchemas(table, 'written', narrow)).strict() as unknown as InsertSchema<
    T,
    N
  >;
}

/**
 * Validates a row from the database.
 *
 * @example
 * const labels = pgTable('labels', { id: id(), name: sortedText('name').notNull() });
 * selectSchema(labels).array().parse(await db.select().from(labels));
 */
export function selectSchema<
  T extends PgTable,
  const N extends Narrowing<T> | undefined = undefined,
>(table: T, narrow?: N): SelectSchema<T, N> {
  return select(table, columnSchemas(table, 'read', narrow)).strict() as unknown as SelectSchema<
    T,
    N
  >;
}

/**
 * Validates an update of a row. The primary key is not allowed.
 *
 * @example
 * const labels = pgTable('labels', { id: id(), name: sortedText('name').notNull() });
 * const change = updateSchema(labels).parse({ name: 'frontend' });
 */
export function updateSchema<
  T extends PgTable,
  const N extends Narrowing<T> | undefined = undefined,
>(table: T, narrow?: N): UpdateSchema<T, N> {
  const key = Object.fromEntries(readKey(table).map((column) => [column, true]));
  return update(table, columnSchemas(table, 'written', narrow))
    .omit(key as never)
    .strict() as unknown as UpdateSchema<T, N>;
}

/**
 * Drizzle sends `null` as NULL, so the JSON value `null` cannot be written. For a nullable
 * column, drizzle-zod accepts `null` before this check.
 */
const notNull =
  (schema: (base: z.ZodType) => z.ZodType) =>
  (base: z.ZodType): z.ZodType =>
    withRules(schema(base), [{ holds: (value) => value !== null, message: 'must not be null' }]);

/**
 * Functions by column that replace drizzle-zod's schema by ours. drizzle-zod still decides
 * which columns are optional or nullable.
 */
function columnSchemas(
  table: PgTable,
  use: 'written' | 'read',
  narrow: Readonly<Record<string, z.ZodType | undefined>> | undefined,
): Record<string, z.ZodType | ((base: z.ZodType) => z.ZodType)> {
  const constraints = readConstraints(table);
  return Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([key, column]) => {
      const own = constraints.filter((constraint) => constraint.column === column.name);
      const type = readColumnType(column);
      const narrower = narrow?.[key];
      const schema = (base: z.ZodType): z.ZodType => {
        const plain = columnSchema(type, own, base);
        // First, so that a recursive schema only sees bounded values; and last, because the
        // narrower schema may change the value.
        return narrower ? plain.pipe(narrower as z.ZodType<unknown, unknown>).pipe(plain) : plain;
      };
      // Postgres makes every serial NOT NULL; Drizzle does not mark a bigint serial as NOT NULL.
      // drizzle-zod uses a schema, unlike a function, as it is.
      if (column.columnType === 'PgBigSerial64') {
        const full = schema(z.bigint());
        return [key, use === 'written' ? full.optional() : full];
      }
      return [key, use === 'written' && type.kind === 'json' ? notNull(schema) : schema];
    }),
  );
}
