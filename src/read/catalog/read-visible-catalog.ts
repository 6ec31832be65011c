import type { Schema } from '../../model/schema.ts';
import { CATALOG_PARTS, catalogSql, type CatalogPart } from './catalog-sql.ts';
import type { CatalogRows } from './catalog-rows.ts';
import { schemaOfRows, type CatalogQuery } from './read-catalog.ts';

/** A schema, and what of it the login role may not see. */
export interface VisibleCatalog {
  readonly schema: Schema;
  /** Fields of the model that are empty because they could not be read, with the reasons. */
  readonly hidden: ReadonlyMap<string, string>;
}

/** Fields of the model that come from a part of the catalog, if they have other names. */
const FIELDS: Partial<Readonly<Record<string, readonly string[]>>> = {
  constraints: ['primaryKey', 'uniques', 'foreignKeys', 'checks', 'exclusions'],
  foreign_tables: ['foreignTables'],
};

/**
 * Reads a database whose catalog may be hidden in part. Without the tables there is nothing
 * to read, and the error of the database is thrown.
 *
 * @param query each call is one transaction.
 */
export async function readVisibleCatalog(query: CatalogQuery): Promise<VisibleCatalog> {
  try {
    return { schema: schemaOfRows(await read(query, CATALOG_PARTS)), hidden: new Map() };
  } catch (error) {
    if (!isDenied(error)) throw error;
  }
  const hidden = new Map<string, string>();
  const rows: Partial<Record<CatalogPart, readonly unknown[]>> = {};
  for (const part of CATALOG_PARTS) {
    try {
      Object.assign(rows, await read(query, [part]));
    } catch (error) {
      if (!isDenied(error) || part === 'tables') throw error;
      rows[part] = [];
      for (const field of FIELDS[part] ?? [part]) {
        hidden.set(field, `the login role may not read it: ${error.message}`);
      }
    }
  }
  return { schema: schemaOfRows(rows as CatalogRows), hidden };
}

async function read(query: CatalogQuery, parts: readonly CatalogPart[]): Promise<CatalogRows> {
  const [row] = await query(catalogSql(undefined, parts));
  return JSON.parse(String(row?.['catalog'])) as CatalogRows;
}

const isDenied = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === '42501';
