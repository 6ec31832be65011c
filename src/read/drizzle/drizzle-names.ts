import { PgDialect, type PgColumn } from 'drizzle-orm/pg-core';
import { toCamelCase, toSnakeCase } from 'drizzle-orm/casing';
import { sql, type SQL } from 'drizzle-orm';
import { cutName } from '../../model/kept-name.ts';

/** drizzle-kit's setting of the same name. */
export type Casing = 'snake_case' | 'camelCase';

/** How a config derives SQL names and SQL text from Drizzle's objects. */
export interface DrizzleNames {
  /** The name of a column in SQL. */
  column(of: NamedColumn): string;
  /** SQL without parameters, because `$1` has no meaning in a migration. */
  sql(of: SQL): string;
  /** The SQL with unqualified columns, as in an index. */
  indexSql(of: SQL): string;
  /** Whether any of them has parameters. */
  hasParameters(...of: readonly (SQL | undefined)[]): { readonly hasParameters?: true };
  /** A name that Drizzle derived from TypeScript names. */
  renamed(name: string, columns: readonly NamedColumn[]): string;
}

type NamedColumn = Pick<PgColumn, 'name' | 'keyAsName'>;

export function drizzleNames(casing: Casing | undefined): DrizzleNames {
  const dialect = new PgDialect(casing && { casing });
  const convert = casing && (casing === 'snake_case' ? toSnakeCase : toCamelCase);
  const column = ({ name, keyAsName }: NamedColumn): string =>
    keyAsName && convert ? convert(name) : name;
  // Wrapped in another SQL object, so that the object in the definitions is not changed.
  const inlined = (of: SQL): SQL => sql`${of}`.inlineParams();
  return {
    column,
    sql: (of) => dialect.sqlToQuery(inlined(of)).sql,
    hasParameters: (...of) =>
      of.some((one) => one && dialect.sqlToQuery(one).params.length > 0)
        ? { hasParameters: true }
        : {},
    indexSql: (of) => dialect.sqlToQuery(inlined(of), 'indexes').sql,
    // Replaces the first occurrence of the name, as drizzle-kit does.
    renamed: (name, columns) =>
      columns.reduce((made, one) => made.replace(one.name, column(one)), name),
  };
}

/** Postgres's default name for a primary key. */
export const primaryKeyName = (table: string): string => cutName(table, '_pkey');
