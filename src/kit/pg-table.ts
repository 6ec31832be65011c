import type { BuildColumns, MakeColumnConfig } from 'drizzle-orm';
import {
  pgTable as drizzlePgTable,
  type ExtraConfigColumn,
  type PgColumnBuilderBase,
  type PgTableExtraConfigValue,
  type PgTableWithColumns,
} from 'drizzle-orm/pg-core';

/** A table's columns as its third argument sees them: with their types. */
export type OwnColumns<
  TableName extends string,
  Builders extends Record<string, PgColumnBuilderBase>,
> = {
  readonly [Key in keyof Builders]: ExtraConfigColumn<
    MakeColumnConfig<Builders[Key]['_'], TableName>
  >;
};

/**
 * Drizzle's `pgTable`, the same function, with one difference in its types: the
 * columns in the third argument know what they hold. A number compared with a
 * word, or a foreign key of another type than its target, does not compile.
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
  extraConfig?: (columns: OwnColumns<TableName, Builders>) => PgTableExtraConfigValue[],
) => PgTableWithColumns<{
  name: TableName;
  schema: undefined;
  columns: BuildColumns<TableName, Builders, 'pg'>;
  dialect: 'pg';
  // Drizzle's own type forgets the columns' types here, though its code does not.
}> = drizzlePgTable as never;
