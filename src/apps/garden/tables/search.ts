import { sql, type SQL } from 'drizzle-orm';
import { index, type AnyPgColumn, type IndexBuilder } from 'drizzle-orm/pg-core';
import { extension, type Extension } from '../../../kit/index.ts';

interface Searched {
  readonly name: AnyPgColumn;
  readonly description: AnyPgColumn;
}

/** The name in lower case. It keeps the column's collation, so a prefix search is a range. */
const smallName = (t: Pick<Searched, 'name'>): SQL => sql`lower(${t.name})`;

/**
 * The words of a package. Words of the name rank higher than those of the description.
 * Punctuation in the name is replaced by spaces, because Postgres would parse `@a/b-c` as a
 * file path.
 */
export const packageWords = (t: Searched): SQL =>
  sql`(setweight(to_tsvector('english', translate(${t.name}, '@/-_.', '     ')), 'A') || setweight(to_tsvector('english', coalesce(${t.description}, '')), 'B'))`;

/** Index for case-insensitive name prefixes. */
export const nameInAnyCase = (t: Searched): IndexBuilder =>
  index('idx_packages_name_lower').on(smallName(t));

/** Index on reversed names: a typo near the start of a name leaves its end intact. */
export const nameBackwards = (t: Searched): IndexBuilder =>
  index('idx_packages_name_backwards').on(sql`reverse(${smallName(t)})`);

/** Index on the words of name and description. */
export const wordsOfPackage = (t: Searched): IndexBuilder =>
  index('idx_packages_words').using('gin', packageWords(t));

/**
 * Trigram similarity of names, for a search that tolerates typing errors. PGlite has it
 * only if it was started with it; otherwise the search does not use it.
 */
export const trigrams: Extension = /* @__PURE__ */ extension('pg_trgm');
