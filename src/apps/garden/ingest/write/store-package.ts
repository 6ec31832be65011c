import { newId } from '../../../../kit/index.ts';
import type { Registry } from '../../tables/registry.ts';
import { FetchFailure } from '../http/fetch-failure.ts';
import type { FetchedPackage } from '../registry/registry-adapter.ts';
import { statement, type Statement } from './statement.ts';

/** Result of the statement. */
export interface StoredPackage {
  readonly id: string;
  readonly created: boolean;
  readonly deleted: boolean;
}

const MAX_ETAG = 512;

/**
 * Writes the package's own row and locks it until the transaction ends. A concurrent fetch of the
 * same package waits here.
 */
export function storePackage(registry: Registry, fetched: FetchedPackage, now: string): Statement {
  const { name, description, homepage, repository, etag } = fetched;
  const tags = JSON.stringify(
    Object.fromEntries([...fetched.tags].sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  const kept = etag !== undefined && etag.length <= MAX_ETAG ? etag : null;
  // Fields that the registry did not send keep their stored value.
  return statement`insert into packages as known
          (id, name, registry, description, homepage, repository, etag, dist_tags,
           last_fetch_attempt, last_fetch_success, created_at, updated_at)
        values (${newId()}::text::uuid, ${name}, ${registry}, ${description ?? null}, ${homepage ?? null},
          ${repository ?? null}, ${kept}, ${tags}::text::jsonb,
          ${now}::text::timestamptz, clock_timestamp(), ${now}::text::timestamptz, ${now}::text::timestamptz)
        on conflict (name, registry) do update set
          description = case when ${String(description !== undefined)}::text::boolean then excluded.description else known.description end,
          homepage = case when ${String(homepage !== undefined)}::text::boolean then excluded.homepage else known.homepage end,
          repository = case when ${String(repository !== undefined)}::text::boolean then excluded.repository else known.repository end,
          etag = excluded.etag,
          dist_tags = excluded.dist_tags,
          last_fetch_attempt = excluded.last_fetch_attempt,
          last_fetch_success = excluded.last_fetch_success,
          updated_at = excluded.updated_at
        returning id, xmax = 0 as created, deleted_at is not null as deleted`;
}

/** An administrator deleted the package, so a worker does not restore it. */
export function removed(name: string): FetchFailure {
  return new FetchFailure(
    {
      code: 'ingest/removed',
      message: `${name} was removed from the garden.`,
      fix: 'an administrator can restore it.',
    },
    { retry: false },
  );
}
