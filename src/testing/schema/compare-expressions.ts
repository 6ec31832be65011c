import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import { compareSchemas, type Difference } from '../../read/catalog/compare-schemas.ts';
import { readCatalog, type CatalogQuery } from '../../read/catalog/read-catalog.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import {
  hasSql,
  recreatedIndexName,
  runEach,
  tableMakings,
  recreatedViewName,
  viewMakings,
  type Unmade,
} from './make-again.ts';

/**
 * Compares the SQL of the definitions with the database: checks, defaults, generated
 * columns, conditions and expressions of indexes, policies, views. Each one is created
 * again from its definition, on an empty copy that replaces the table, so that Postgres
 * prints both sides. Call it inside a savepoint.
 */
export async function compareExpressions(
  client: PostgresClient,
  schema: Schema,
  found: Schema,
): Promise<{ readonly differences: readonly Difference[]; readonly unmade: readonly Unmade[] }> {
  const query: CatalogQuery = async (sql) =>
    (await client.query<Record<string, unknown>>(sql)).rows;
  const viewsUnmade = await runEach(client, viewMakings(schema, found));
  const { views } = schema.views.length > 0 ? await readCatalog(query) : found;
  const tablesUnmade = await runEach(client, tableMakings(schema, found));
  const made = { ...(await readCatalog(query)), views };
  return {
    differences: compareSchemas(...bothSides(schema, made, found), { expressions: true }),
    unmade: [...viewsUnmade, ...tablesUnmade],
  };
}

/** The original and the recreated schema, reduced to the recreated SQL. */
function bothSides(schema: Schema, made: Schema, found: Schema): [Schema, Schema] {
  const only = (side: Schema, isMade: boolean): Schema => ({
    ...side,
    tables: schema.tables.flatMap((table) => {
      const one = side.tables.find(({ id }) => id === table.id);
      return one ? [{ ...table, ...sqlOf(table, one, isMade) }] : [];
    }),
    views: schema.views.flatMap((view) => {
      const name = isMade ? recreatedViewName(view.name) : view.name;
      const one = side.views.find((other) => other.name === name && other.schema === view.schema);
      return one?.sql === undefined || view.sql === undefined ? [] : [{ ...view, sql: one.sql }];
    }),
    policies: schema.policies.flatMap((policy) => {
      const one = side.policies.find(
        ({ table, name }) => table === policy.table && name === policy.name,
      );
      if (!one) return [];
      const { using: _, withCheck: __, ...rest } = policy;
      const { using, withCheck } = one;
      return [
        {
          ...rest,
          ...(using !== undefined && { using }),
          ...(withCheck !== undefined && { withCheck }),
        },
      ];
    }),
    enums: [],
    sequences: [],
    roles: [],
    extensions: [],
  });
  return [only(made, true), only(found, false)];
}

function sqlOf(
  table: Table,
  side: Table,
  isMade: boolean,
): Pick<Table, 'columns' | 'checks' | 'indexes'> {
  return {
    columns: table.columns.map((column) => {
      const { defaultSql: _, generatedSql: __, doc: ___, ...rest } = column;
      const one = side.columns.find(({ name }) => name === column.name);
      const written = column.defaultSql !== undefined && one?.defaultSql !== undefined;
      const computed = column.generatedSql !== undefined && one?.generatedSql !== undefined;
      return {
        ...rest,
        ...(written && { defaultSql: one.defaultSql }),
        ...(computed && { generatedSql: one.generatedSql }),
      };
    }),
    checks: table.checks.flatMap(({ name }) => {
      const one = side.checks.find((check) => check.name === name);
      return one ? [{ name, sql: one.sql }] : [];
    }),
    indexes: table.indexes.filter(hasSql).flatMap((index, at) => {
      const name = isMade ? recreatedIndexName(table, at) : index.name;
      const one = side.indexes.find((other) => other.name === name);
      if (!one) return [];
      const { where: _, ...rest } = index;
      const columns = index.columns.map((column, place) => {
        const other = one.columns[place];
        return 'expression' in column && other && 'expression' in other
          ? { ...column, expression: other.expression }
          : column;
      });
      return [{ ...rest, columns, ...(one.where !== undefined && { where: one.where }) }];
    }),
  };
}
