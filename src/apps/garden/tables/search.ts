import { sql, type SQL } from 'drizzle-orm';
import { index, type AnyPgColumn, type IndexBuilder } from 'drizzle-orm/pg-core';
import { extension, type Extension } from '../../../kit/index.ts';

interface Searched {
  readonly name: AnyPgColumn;
  readonly description: AnyPgColumn;
}

/** The name in small letters; the column's collation stays, so a prefix is a range. */
const smallName = (t: Pick<Searched, 'name'>): SQL => sql`lower(${t.name})`;

/**
 * The words of a package, those of the name before those of the description. The
 * marks in a name are made blanks, or `@a/b-c` would count as the path of a file.
 */
export const packageWords = (t: Searched): SQL =>
  sql`(setweight(to_tsvector('english', translate(${t.name}, '@/-_.', '     ')), 'A') || setweight(to_tsvector('english', coalesce(${t.description}, '')), 'B'))`;

/** Names by their beginning, whatever the case. */
export const nameInAnyCase = (t: Searched): IndexBuilder =>
  index('idx_packages_name_lower').on(smallName(t));

/** The same read backwards: a slip of the pen near the beginning of a name leaves its end. */
export const nameBackwards = (t: Searched): IndexBuilder =>
  index('idx_packages_name_backwards').on(sql`reverse(${smallName(t)})`);

/** Packages by the words of their name and description. */
export const wordsOfPackage = (t: Searched): IndexBuilder =>
  index('idx_packages_words').using('gin', packageWords(t));

/**
 * Compares names by their trigrams, for a search that forgives typing errors. PGlite has
 * it only where it was started with it, and there the search goes without.
 */
export const trigrams: Extension = /* @__PURE__ */ extension('pg_trgm');
