import type { PgTable } from 'drizzle-orm/pg-core';
import type { Casing } from '../../read/drizzle/drizzle-names.ts';
import { drawRows, type DrawRowsOptions } from '../../rows/draw-rows.ts';
import { readDerived, type SchemaExports } from '../schema/read-derived.ts';
import { refuseSamples } from '../schema/refuse-unknown-names.ts';

export interface ValidRowsOptions extends Partial<DrawRowsOptions> {
  /** drizzle-kit's setting of the same name. */
  readonly casing?: Casing;
}

/** The rows of {@link validRows}, by the export names of the tables. */
export type ValidRows<Schema extends SchemaExports> = {
  readonly [
    Name in keyof Schema as Schema[Name] extends PgTable ? Name : never
  ]: Schema[Name] extends PgTable ? Schema[Name]['$inferInsert'][] : never;
};

/**
 * Draws rows for every table of a schema, in an order in which they can be inserted. They
 * satisfy types, NOT NULL, unique constraints, foreign keys and the kit's checks; for a
 * check in plain SQL, pass a sample if no drawn row satisfies it. The same seed draws the
 * same rows.
 *
 * @example
 * import { tags } from './schema.ts';
 *
 * const rows = validRows({ tags }, { count: 10 });
 * rows.tags.length; // 10
 */
export function validRows<Schema extends SchemaExports>(
  schema: Schema,
  { count = 1, seed = 1, samples = {}, casing }: ValidRowsOptions = {},
): ValidRows<Schema> {
  const { tables } = readDerived(schema, casing).schema;
  refuseSamples('validRows', tables, samples, ({ exportName }) => [exportName]);
  const rows = drawRows(tables, { count, seed, samples });
  const named = Array.from(rows, ([{ exportName }, list]) => [exportName, list] as const);
  return Object.fromEntries(named) as ValidRows<Schema>;
}
