import { getTableName, getTableUniqueName, type Column, type Table } from 'drizzle-orm';
import { qualifiedName } from '../model/table-id.ts';

/** Qualified name of a column, for the `object` of a problem: `public.posts.author_id`. */
export const objectOf = ({ table, name }: Pick<Column, 'table' | 'name'>): string =>
  qualifiedName({ schema: schemaNameOf(table), name: getTableName(table) }, name);

/** Drizzle exports no function that returns the schema alone. */
export const schemaNameOf = (table: Table): string =>
  getTableUniqueName(table).slice(0, -getTableName(table).length - 1);
