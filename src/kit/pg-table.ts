import type { BuildColumns, MakeColumnConfig } from 'drizzle-orm';
import {
  pgTable as drizzlePgTable,
  type ExtraConfigColumn,
  type PgColumnBuilderBase,
  type PgTableWithColumns,
} from 'drizzle-orm/pg-core';

/** A table's columns, with their types, as its third argument receives them. */
export type OwnColumns<
  TableName extends string,
  Builders extends Record<string, PgColumnBuilderBase>,
> = {
  readonly [Key in keyof Builders]: ExtraConfigColumn<
    MakeColumnConfig<Builders[Key]['_'], TableName>
  >;
};

/**
 * Drizzle's `pgTable` with two differences in its types. Columns in the third argument
 * keep their data type: a comparison of a number with text, or a foreign key whose type
 * differs from its target, does not compile. And the type of the table does not depend on
 * the third argument, so that the rules of two tables can name each other.
 *
 * @example
 * const labels = pgTable('labels', { id: id(), name: sortedText('name').notNull() }, (t) => [
 *   uniqueOn(t.name),
 *   notBlank(t.name, { max: 64 }),
 * ]);
 */
export const pgTable: <
  TableName extends string,
  Builders extends Record<string, PgColumnBuilderBase>,
>(
  name: TableName,
  columns: Builders,
  // With `void`, TypeScript does not infer the result. `garden generate` checks it.
  extraConfig?: (columns: OwnColumns<TableName, Builders>) => void,
) => PgTableWithColumns<{
  name: TableName;
  schema: undefined;
  columns: BuildColumns<TableName, Builders, 'pg'>;
  dialect: 'pg';
  // Drizzle's own type loses the columns' types here, though its code keeps them.
}> = drizzlePgTable as never;
