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

export const wordsOfPackage = (t: Columns<'words'>): IndexBuilder =>
  index('idx_packages_words').using('gin', t.words);

export const tagsOfPackage = (t: Columns<'tags'>): IndexBuilder =>
  index('idx_packages_tags').using('gin', t.tags);

export const metadataOfPackage = (t: {
  readonly metadata: Pick<ExtraConfigColumn, 'op'>;
}): IndexBuilder => index('idx_packages_metadata').using('gin', t.metadata.op('jsonb_path_ops'));
