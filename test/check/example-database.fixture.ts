import type { PGlite } from '@electric-sql/pglite';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pg_trgm as trigrams } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import type { Schema } from '../../src/model/schema.ts';
import { readCatalog, type CatalogQuery } from '../../src/read/catalog/read-catalog.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';

/** An empty database with the extensions that the examples of the rules use. */
export async function openExampleDatabase(): Promise<PGlite> {
  const db = await blankPostgres({ vector, pg_trgm: trigrams, citext });
  await db.exec(`create schema extensions; set search_path = public, extensions;
    create extension vector schema extensions; create extension pg_trgm schema extensions;`);
  return db;
}

/**
 * Reads the catalog of a database again and again. Planning the statement takes most of the time,
 * so it is prepared once.
 */
export function catalogReader(db: PGlite): () => Promise<Schema> {
  let isPrepared = false;
  const query: CatalogQuery = async (sql) => {
    if (!isPrepared) await db.exec(`prepare read_catalog as ${sql}`);
    isPrepared = true;
    return (await db.query<Record<string, unknown>>('execute read_catalog')).rows;
  };
  return () => readCatalog(query);
}
