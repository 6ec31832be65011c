import type { SeedDatabase, SeedTransaction } from '../load/seed-database.ts';
import { nameId } from '../name-id.ts';
import type { OnSeedProgress } from '../progress.ts';
import { seedTags } from '../seed-tags.ts';
import type { SyntheticResult } from '../synthetic/seed-synthetic.ts';
import { realRows, type RealRows } from './real-rows.ts';

interface RealOptions {
  readonly onProgress: OnSeedProgress;
  readonly signal: AbortSignal | undefined;
}

/**
 * Inserts the real packages in one transaction. An existing row for a package is kept, and other
 * packages link to it.
 */
export async function seedReal(
  database: SeedDatabase,
  { onProgress, signal }: RealOptions,
): Promise<SyntheticResult> {
  const rows = realRows();
  const total = rows.packages.length;
  let added = 0;
  let all = 0;
  await database.transaction(async (tx) => {
    const insert = inserter(tx, signal);
    all += await insert(gardener, [{ id: nameId('account', 'first gardener') }]);
    const tags = await seedTags(tx);
    all += tags.added;
    added = await insert(statements.packages, rows.packages);
    onProgress({ type: 'started', packages: total, alreadyThere: total - added });
    all += added;
    for (const table of ['versions', 'dependencies', 'tags'] as const) {
      all += await insert(statements[table], rows[table]);
    }
    all += await insert(insertRequest, [{ id: nameId('request', 'htmx.org') }]);
  });
  onProgress({ type: 'loaded', packages: total, rows: all });
  return { packages: added, alreadyThere: total - added, rows: all };
}

/** Inserts all rows of a table in one statement, with the rows as one JSON parameter. */
const inserter =
  (tx: SeedTransaction, signal: AbortSignal | undefined) =>
  async (statement: string, rows: readonly object[]): Promise<number> => {
    signal?.throwIfAborted();
    const { length } = await tx.rows(`${statement} on conflict do nothing returning 1 as one`, [
      JSON.stringify(rows),
    ]);
    return length;
  };

const from = (columns: string): string =>
  `from jsonb_to_recordset(($1::text)::jsonb) as row (${columns})`;

const gardener = `insert into account (id, name, created_at, updated_at)
  select id, 'The first gardener', now(), now() ${from('id uuid')}`;

/** A pending request for the workers. */
const insertRequest = `insert into package_requests (id, package_name, registry, requested_by, is_auto_queued,
    depth, priority, status, attempt_count, run_at, created_at, updated_at)
  select id, 'htmx.org', 'npm', '${nameId('account', 'first gardener')}', false, 0, 50, 'pending', 0,
    now(), now(), now() ${from('id uuid')}`;

const statements: Readonly<Record<keyof RealRows, string>> = {
  packages: `insert into packages (id, name, registry, description, homepage, repository,
      last_fetch_attempt, last_fetch_success, created_at, updated_at)
    select id, name, 'npm', description, homepage, repository, now(), now(), now(), now()
    ${from('id uuid, name text, description text, homepage text, repository text')}`,
  // Inserts only versions of packages with a seed id. A package with another id may have its own
  // versions.
  versions: `insert into package_versions (id, package_id, version, sort_key, is_prerelease, created_at)
    select row.id, row.package_id, row.version, row.sort_key, row.is_prerelease, now()
    ${from('id uuid, package_id uuid, version text, sort_key text, is_prerelease boolean')}
    join packages on packages.id = row.package_id`,
  dependencies: `insert into package_dependencies (id, package_id, version_id, dependency_name,
      dependency_package_id, dependency_version_range, resolved_version, resolved_version_id,
      resolution, dependency_type, created_at)
    select row.id, row.package_id, row.version_id, row.dependency_name, target.id,
      row.dependency_version_range, row.resolved_version, found.id, row.resolution,
      row.dependency_type, now()
    ${from(
      'id uuid, package_id uuid, version_id uuid, dependency_name text, target_name text, dependency_version_range text, resolved_version text, resolution text, dependency_type text',
    )}
    join package_versions as own on own.id = row.version_id
    left join packages as target on target.name = row.target_name and target.registry = 'npm'
    left join package_versions as found
      on found.package_id = target.id and found.version = row.resolved_version`,
  tags: `insert into package_tags (id, package_id, tag_id, created_by, created_at)
    select row.id, packages.id, tags.id, '${nameId('account', 'first gardener')}', now()
    ${from('id uuid, package_id uuid, slug text')}
    join packages on packages.id = row.package_id
    join tags on tags.slug = row.slug`,
};
