import { getTableName, getTableUniqueName, type Column, type Table } from 'drizzle-orm';
import { qualifiedName } from '../model/table-id.ts';

/** The column that a problem is about: `public.posts.author_id`. */
export const objectOf = ({ table, name }: Pick<Column, 'table' | 'name'>): string =>
  qualifiedName({ schema: schemaNameOf(table), name: getTableName(table) }, name);

/** Drizzle exports no function for the schema alone. */
export const schemaNameOf = (table: Table): string =>
  getTableUniqueName(table).slice(0, -getTableName(table).length - 1);
