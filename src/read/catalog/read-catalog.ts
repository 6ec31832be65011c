import type { Schema } from '../../model/schema.ts';
import { functionName } from '../../model/database-function.ts';
import { givenSchema, qualifiedName, tableId } from '../../model/table-id.ts';
import { compareText } from '../../model/compare-text.ts';
import type { CatalogRows } from './catalog-rows.ts';
import { catalogSql } from './catalog-sql.ts';
import { catalogFunction } from './catalog-function.ts';
import { catalogPowers } from './catalog-powers.ts';
import { catalogTable, rowsByTable } from './catalog-table.ts';
import { storageOptions } from './storage-options.ts';

/** Runs one SQL statement and returns its rows. */
export type CatalogQuery = (
  sql: string,
) => PromiseLike<readonly Readonly<Record<string, unknown>>[]>;

export interface CatalogOptions {
  /** The schemas to read; by default all except those of Postgres and drizzle-kit. */
  readonly schemas?: readonly string[];
}

/**
 * Reads a live database, Postgres 15 to 18, into the model. It uses a single statement, so
 * that it sees a consistent state of the database, changes nothing and can run inside a
 * transaction.
 *
 * SQL in the model (checks, conditions, defaults, views) is as Postgres prints it, with
 * schema-qualified names. Two databases of the same version print the same object
 * identically; the text in the definitions differs.
 *
 * @example
 * const schema = await readCatalog(async (text) => (await client.query<Record<string, unknown>>(text)).rows);
 */
export async function readCatalog(
  query: CatalogQuery,
  { schemas }: CatalogOptions = {},
): Promise<Schema> {
  const [row] = await query(catalogSql(schemas));
  return schemaOfRows(JSON.parse(String(row?.['catalog'])) as CatalogRows);
}

export function schemaOfRows(rows: CatalogRows): Schema {
  const ofTables = rowsByTable(rows);
  return {
    tables: rows.tables
      .map((table) => catalogTable(table, ofTables))
      .sort((a, b) => compareText(qualifiedName(a), qualifiedName(b))),
    relations: [],
    views: byName(
      rows.views.map(({ schema, name, materialized, sql, options, readers }) => ({
        id: tableId(schema, name),
        name,
        ...givenSchema(schema),
        exportName: tableId(schema, name),
        materialized,
        sql: sql.trim().replace(/;$/, ''),
        with: storageOptions(options),
        ...(readers !== null && { readers }),
      })),
    ),
    enums: byName(
      rows.enums.map(({ schema, name, values }) => ({ name, ...givenSchema(schema), values })),
    ),
    sequences: byName(
      rows.sequences.map(({ schema, ...sequence }) => ({ ...sequence, ...givenSchema(schema) })),
    ),
    policies: rows.policies
      .map(({ schema, table, name, command, permissive, roles, using, with_check: withCheck }) => ({
        name,
        table: tableId(schema, table),
        command: COMMANDS[command],
        permissive,
        roles: roles.toSorted(),
        ...(using !== null && { using }),
        ...(withCheck !== null && { withCheck }),
      }))
      .sort((a, b) => compareText(a.table, b.table) || compareText(a.name, b.name)),
    roles: byName(
      rows.roles.map(
        ({ name, inherit, create_db: createDb, create_role: createRole, ...powers }) => ({
          name,
          existing: true,
          createDb,
          createRole,
          inherit,
          powers: catalogPowers(powers),
        }),
      ),
    ),
    extensions: rows.extensions
      .map(({ name, schema }) => ({ name, schema, indexes: {} }))
      .sort((a, b) => compareText(a.name, b.name)),
    functions: rows.functions
      .map(catalogFunction)
      .sort((a, b) => compareText(functionName(a), functionName(b))),
    foreignTables: byName(
      rows.foreign_tables.map(({ schema, name, readers }) => ({
        name,
        ...givenSchema(schema),
        ...(readers !== null && { readers }),
      })),
    ),
    ...(rows.published.length > 0 && {
      published: Object.fromEntries(
        rows.published.map(({ schema, table, columns }) => [tableId(schema, table), columns]),
      ),
    }),
    companion: [],
  };
}

const COMMANDS = { '*': 'all', r: 'select', a: 'insert', w: 'update', d: 'delete' } as const;

function byName<Named extends { readonly name: string; readonly schema?: string }>(
  objects: readonly Named[],
): readonly Named[] {
  return objects.toSorted((a, b) => compareText(qualifiedName(a), qualifiedName(b)));
}
