import { sql, type SQL } from 'drizzle-orm';
import {
  customType,
  index,
  type AnyPgColumn,
  type ExtraConfigColumn,
  type IndexBuilder,
} from 'drizzle-orm/pg-core';

type Columns<Name extends string> = Readonly<Record<Name, AnyPgColumn>>;

/** The words of a text, prepared for search. */
export const wordVector = customType<{ data: string; driverData: string }>({
  dataType: () => 'tsvector',
});

/** The words of a package: those of the name rank higher than those of the description. */
export const packageWords = (): SQL =>
  sql`setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', description), 'B')`;

/** The columns of the search indexes. */
interface Searched extends Columns<'words' | 'tags' | 'visibility'> {
  readonly metadata: Pick<ExtraConfigColumn, 'op'>;
}

/**
 * The indexes of the search: for all packages, and for the public ones, which are a part of the
 * search of their own. Otherwise Postgres would combine a search index with all public packages.
 */
export const searchIndexes = (t: Searched): readonly IndexBuilder[] => {
  const isPublic = sql`${t.visibility} = 'public'`;
  // Each index needs an operator class of its own: drizzle-kit forgets a shared one.
  const metadata = () => t.metadata.op('jsonb_path_ops');
  return [
    index('idx_packages_words').using('gin', t.words),
    index('idx_packages_tags').using('gin', t.tags),
    index('idx_packages_metadata').using('gin', metadata()),
    index('idx_packages_words_public').using('gin', t.words).where(isPublic),
    index('idx_packages_tags_public').using('gin', t.tags).where(isPublic),
    index('idx_packages_metadata_public').using('gin', metadata()).where(isPublic),
  ];
};
