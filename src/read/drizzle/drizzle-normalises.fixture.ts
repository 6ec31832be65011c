import {
  createTableRelationsHelpers,
  extractTablesRelationalConfig,
  getTableName,
  normalizeRelation,
  type Column,
} from 'drizzle-orm';

/**
 * Drizzle's interpretation of each relation: `posts.authorId = users.id`, or the error that
 * it throws.
 */
export function drizzleNormalises(
  exports: Record<string, unknown>,
): Readonly<Record<string, string>> {
  const { tables, tableNamesMap } = extractTablesRelationalConfig(
    exports,
    createTableRelationsHelpers,
  );
  return Object.fromEntries(
    Object.values(tables).flatMap(({ tsName, relations }) =>
      Object.entries(relations).map(([name, relation]) => {
        try {
          const { fields, references } = normalizeRelation(tables, tableNamesMap, relation);
          return [`${tsName}.${name}`, `${show(fields)} = ${show(references)}`];
        } catch (error) {
          return [`${tsName}.${name}`, `throws: ${(error as Error).message}`];
        }
      }),
    ),
  );
}

/** Columns as `table.column`; in these tests a column has the same name in SQL and TypeScript. */
const show = (columns: readonly (Column | undefined)[]): string =>
  columns
    .map((column) => (column ? `${getTableName(column.table)}.${column.name}` : 'nothing'))
    .join(', ');
