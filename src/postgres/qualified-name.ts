import { getTableName, getTableUniqueName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A table with its schema, for SQL. */
export function qualifiedName(table: PgTable): string {
  const name = getTableName(table);
  const schema = getTableUniqueName(table).slice(0, -name.length - 1);
  return `${quoted(schema)}.${quoted(name)}`;
}
