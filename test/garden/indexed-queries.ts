import { idOf } from './load-garden.ts';

export interface IndexedQuery {
  readonly index: string;
  /** The purpose of the query. */
  readonly name: string;
  readonly sql: string;
  /** The query reads the first rows of the index, without a lookup. */
  readonly fromStart?: true;
}

const query = (index: string, name: string, sql: string): IndexedQuery => ({ index, name, sql });

const firstRows = (index: string, name: string, sql: string): IndexedQuery => ({
  index,
  name,
  sql,
  fromStart: true,
});

/** Queries of browsers and endpoints. */
const reads: readonly IndexedQuery[] = [
  firstRows(
    'idx_packages_created_at_id',
    'the newest packages',
    `select * from packages where deleted_at is null order by created_at desc, id desc limit 50`,
  ),
  query(
    'idx_packages_created_at_id',
    'the newest packages, next page',
    `select * from packages where deleted_at is null
       and (created_at, id) < ('2026-01-02 12:00+00', ${idOf('packages', 2160)})
     order by created_at desc, id desc limit 50`,
  ),
  firstRows(
    'idx_packages_updated_at_id',
    'the most recently updated packages',
    `select * from packages where deleted_at is null order by updated_at desc, id desc limit 50`,
  ),
  query(
    'idx_packages_registry_name',
    'the packages of a registry by name',
    `select * from packages where registry = 'jsr' and deleted_at is null order by name limit 50`,
  ),
  query(
    'idx_packages_registry_name',
    'the packages of a registry by name, next page',
    `select * from packages where registry = 'npm' and deleted_at is null and name > 'react-18'
     order by name limit 50`,
  ),
  query(
    'packages_name_registry_unique',
    'a package by its name',
    `select * from packages where name = 'react-18' and registry = 'npm'`,
  ),
  query(
    'packages_name_registry_unique',
    'packages of every registry with a name prefix',
    `select * from packages where name like 'react-%' and deleted_at is null order by name limit 20`,
  ),
  query(
    'idx_packages_name_lower',
    'packages with a name prefix, case-insensitive',
    `select * from packages where lower(name) >= 'react-1' and lower(name) < 'react-2' order by lower(name) limit 20`,
  ),
  query(
    'idx_packages_name_backwards',
    'packages with a similar end of the name',
    `select * from packages where reverse(lower(name)) >= reverse('ract-1212') order by reverse(lower(name)) limit 20`,
  ),
  query(
    'idx_packages_words',
    'packages with a word in their name',
    `select * from packages where (setweight(to_tsvector('english', translate(name, '@/-_.', '     ')), 'A')
       || setweight(to_tsvector('english', coalesce(description, '')), 'B')) @@ to_tsquery('english', '1212')`,
  ),
  query('packages_pkey', 'a package', `select * from packages where id = ${idOf('packages', 7)}`),
  query(
    'idx_package_versions_package_id_sort_key',
    'the latest stable version of a package',
    `select * from package_versions where package_id = ${idOf('packages', 31)}
       and not is_prerelease and yanked_at is null
     order by sort_key desc limit 1`,
  ),
  query(
    'idx_package_versions_package_id_sort_key',
    'the versions of a package, newest first',
    `select * from package_versions where package_id = ${idOf('packages', 31)}
     order by sort_key desc limit 20`,
  ),
  query(
    'package_versions_package_id_version_unique',
    'a version of a package',
    `select * from package_versions where package_id = ${idOf('packages', 31)}
       and version = '1.30.0'`,
  ),
  query(
    'package_versions_pkey',
    'a version',
    `select * from package_versions where id = ${idOf('package_versions', 7)}`,
  ),
  firstRows(
    'idx_package_versions_published_at',
    'the feed of new versions',
    `select * from package_versions order by published_at desc nulls last limit 50`,
  ),
  query(
    'idx_package_versions_published_at',
    'the feed of new versions, next page',
    `select * from package_versions where published_at < '2026-01-06 12:00+00'
     order by published_at desc nulls last limit 50`,
  ),
  query(
    'idx_package_dependencies_version_id',
    'the dependencies of a version',
    `select * from package_dependencies where version_id = ${idOf('package_versions', 7)}`,
  ),
  query(
    'idx_package_dependencies_package_id',
    'the dependencies of all versions of a package',
    `select * from package_dependencies where package_id = ${idOf('packages', 7)}`,
  ),
  query(
    'idx_package_dependencies_dependency_package_id_package_id',
    'the dependents of a package',
    `select * from package_dependencies where dependency_package_id = ${idOf('packages', 7)}`,
  ),
  query(
    'idx_package_dependencies_resolved_version_id_package_id',
    'the dependents that resolved to a version',
    `select * from package_dependencies
     where resolved_version_id = ${idOf('package_versions', 7)}`,
  ),
  query(
    'idx_package_dependencies_dependency_name_resolved_version',
    'the dependents of a version that is not in the garden',
    `select * from package_dependencies
     where dependency_name = 'lib-6' and resolved_version = '1.5.0' and resolved_version_id is null`,
  ),
  query(
    'package_dependencies_pkey',
    'a dependency',
    `select * from package_dependencies where id = ${idOf('package_dependencies', 7)}`,
  ),
  query('tags_slug_unique', 'a tag by its address', `select * from tags where slug = 'tag-7'`),
  query('tags_name_unique', 'a tag by its name', `select * from tags where name = 'Tag 7'`),
  query(
    'tags_name_unique',
    'tags with a name prefix',
    `select * from tags where name like 'Tag 1%' and deleted_at is null order by name limit 20`,
  ),
  query('tags_pkey', 'a tag', `select * from tags where id = ${idOf('tags', 7)}`),
  query(
    'package_tags_package_id_tag_id_unique',
    'the tags of a package',
    `select * from package_tags where package_id = ${idOf('packages', 7)}`,
  ),
  query(
    'idx_package_tags_tag_id_package_id',
    'the packages under a tag',
    `select * from package_tags where tag_id = ${idOf('tags', 7)}`,
  ),
  query(
    'idx_package_tags_created_by',
    'the tags that a user assigned',
    `select * from package_tags where created_by = ${idOf('account', 7)}`,
  ),
  query(
    'package_tags_pkey',
    'a tag on a package',
    `select * from package_tags where id = ${idOf('package_tags', 7)}`,
  ),
  query('account_pkey', 'a user', `select * from account where id = ${idOf('account', 7)}`),
  query(
    'idx_package_requests_requested_by_created_at',
    'the requests of a user, newest first',
    `select * from package_requests where requested_by = ${idOf('account', 6)}
     order by created_at desc limit 20`,
  ),
];

/** Queries of workers and operators. */
const work: readonly IndexedQuery[] = [
  query(
    'idx_packages_last_fetch_attempt',
    'the packages with the oldest fetch attempt',
    `select * from packages where last_fetch_attempt < '2026-01-01 02:00+00'
       and deleted_at is null
     order by last_fetch_attempt limit 100`,
  ),
  query(
    'idx_packages_last_fetch_attempt',
    'the packages that were never fetched',
    `select * from packages where last_fetch_attempt is null and deleted_at is null limit 100`,
  ),
  query(
    'idx_package_requests_registry_priority_run_at',
    'the next requests of a registry for a worker',
    `select * from package_requests where is_active and registry = 'npm' and run_at <= '2026-01-05'
       and (status = 'pending' or locked_until <= '2026-01-05')
     order by priority desc, run_at limit 1 for update skip locked`,
  ),
  query(
    'idx_package_requests_registry_package_name',
    'the active request of a package',
    `select * from package_requests where registry = 'npm' and package_name = 'wanted-75'
       and is_active`,
  ),
  query(
    'idx_package_requests_is_auto_queued_created_at',
    'the failures of follow-up requests',
    `select count(*) from package_requests where is_auto_queued and not is_active
       and created_at > '2026-01-08' and status = 'failed'`,
  ),
  query(
    'idx_package_requests_is_auto_queued_created_at',
    'the requests that are old enough to be pruned',
    `select id from package_requests where is_auto_queued in (true, false) and not is_active
       and created_at < '2026-01-01 02:00+00' limit 100 for update skip locked`,
  ),
  query(
    'idx_package_requests_source_request_id',
    'the requests that a request queued',
    `select * from package_requests where source_request_id = ${idOf('package_requests', 6)}`,
  ),
  query(
    'idx_package_requests_root_request_id',
    'all follow-up requests of a root request',
    `select count(*) from package_requests where root_request_id = ${idOf('package_requests', 25)}`,
  ),
  query(
    'idx_package_requests_package_id',
    'the requests for a stored package',
    `select * from package_requests where package_id = ${idOf('packages', 13)}`,
  ),
  query(
    'package_requests_pkey',
    'a request',
    `select * from package_requests where id = ${idOf('package_requests', 7)}`,
  ),
  query(
    'idx_packages_deleted_by',
    'the packages that a user deleted',
    `select * from packages where deleted_by = ${idOf('account', 51)}`,
  ),
  query(
    'idx_tags_deleted_by',
    'the tags that a user deleted',
    `select * from tags where deleted_by = ${idOf('account', 41)}`,
  ),
];

/** Every index of the garden, with a query that needs it. */
export const indexedQueries: readonly IndexedQuery[] = [...reads, ...work];
