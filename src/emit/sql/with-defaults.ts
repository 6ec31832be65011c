import type { Schema } from '../../model/schema.ts';

/** Defaults as SQL, by the names of tables and columns in SQL. */
export type SqlDefaults = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * The schema with defaults that its definitions leave to the client. People who write SQL by hand
 * expect them.
 */
export const withDefaults = (schema: Schema, defaults: SqlDefaults): Schema => ({
  ...schema,
  tables: schema.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const defaultSql = defaults[table.name]?.[column.name];
      return defaultSql === undefined ? column : { ...column, defaultSql };
    }),
  })),
});
