import type { PGlite } from '@electric-sql/pglite';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pg_trgm as trigrams } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';

/** An empty database with the extensions that the examples of the rules use. */
export async function openExampleDatabase(): Promise<PGlite> {
  const db = await blankPostgres({ vector, pg_trgm: trigrams, citext });
  await db.exec(`create schema extensions; set search_path = public, extensions;
    create extension vector schema extensions; create extension pg_trgm schema extensions;`);
  return db;
}
