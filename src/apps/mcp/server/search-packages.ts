import { sql, type SQL } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { json, moment, number, text } from '../../../postgres/queries/row-fields.ts';
import type { Package } from '../tables/packages.ts';
import type { PackageSearch } from './package-search.ts';
import { readSearch } from './read-search.ts';

/** A search result. */
export interface FoundPackage extends Pick<
  Package,
  | 'id'
  | 'userId'
  | 'name'
  | 'description'
  | 'language'
  | 'tags'
  | 'relevantFilesPattern'
  | 'metadata'
  | 'createdAt'
  | 'updatedAt'
> {
  /** How well the words match; 0 without words. */
  readonly rank: number;
}

/**
 * Searches packages, best match first, then last changed first. Run it as the principal; the
 * function in the database applies the access rules. An invalid search throws a ProblemError with
 * the code `mcp/search`, before it reaches the database.
 *
 * @example
 * import { MCP_ROLE, searchPackages } from '@techgarden/schema/mcp/server';
 * import { asPrincipal } from '@techgarden/schema/server';
 *
 * const claims = { sub: '0197a3c5-0000-7000-8000-000000000001' };
 * const found = await asPrincipal(db, { role: MCP_ROLE, claims }, (tx) =>
 *   searchPackages(tx, { words: 'postgres mig', anyTags: ['database'] }),
 * );
 */
export async function searchPackages(
  db: AnyDatabase,
  search: PackageSearch,
): Promise<readonly FoundPackage[]> {
  const given = sql.join([...argumentsOf(readSearch(search))], sql`, `);
  return db.select(FIELDS).from(sql`search_packages(${given})`);
}

const FIELDS = {
  id: text('id'),
  userId: text('user_id'),
  name: text('name'),
  description: text('description'),
  language: text('language'),
  tags: json<string[]>('tags', (value) => value),
  relevantFilesPattern: json<string[]>('relevant_files_pattern', (value) => value),
  metadata: json<Package['metadata']>('metadata', (value) => value),
  createdAt: moment('created_at'),
  updatedAt: moment('updated_at'),
  rank: number('rank'),
};

/** The given arguments, by name. */
function argumentsOf(search: PackageSearch): readonly SQL[] {
  const { anyTags, allTags, metadata, metadataAt, after } = search;
  const list = (items: readonly string[] | undefined): string | undefined =>
    items && `{${items.map((item) => `"${item.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
  const values: readonly (readonly [name: string, type: string, value: unknown])[] = [
    ['words', 'text', search.words],
    ['in_language', 'text', search.language],
    ['any_tags', 'text[]', list(anyTags)],
    ['all_tags', 'text[]', list(allTags)],
    ['for_path', 'text', search.path],
    ['has_metadata', 'jsonb', metadata && JSON.stringify(metadata)],
    ['metadata_path', 'text[]', list(metadataAt?.path)],
    ['metadata_value', 'jsonb', metadataAt && JSON.stringify(metadataAt.value)],
    ['in_category', 'uuid', search.categoryId],
    ['scope', 'text', search.scope],
    ['after_rank', 'real', after?.rank],
    ['after_updated_at', 'timestamptz', after && new Date(after.updatedAt).toISOString()],
    ['after_id', 'uuid', after?.id],
    ['page_size', 'integer', search.pageSize],
    ['page_offset', 'integer', search.offset],
  ];
  return values.flatMap(([name, type, value]) =>
    value === undefined
      ? []
      : [sql`${sql.identifier(name)} => (${String(value)}::text)::${sql.raw(type)}`],
  );
}
