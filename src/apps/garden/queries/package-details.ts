import { sql, type SQL } from 'drizzle-orm';
import type { DependencyType, Resolution } from '../tables/package-dependencies.ts';
import type { Registry } from '../tables/registry.ts';
import type { PreparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { packageColumns, packageFields, type PackageRow } from './package-row.ts';
import { pageSize } from './page-size.ts';
import {
  json,
  momentOrNull,
  number,
  selectRows,
  text,
  textOrNull,
  toDate,
  value,
} from '../../../postgres/queries/row-fields.ts';

/** A package with all data of its page. */
export interface PackageDetails extends PackageRow {
  readonly homepage: string | null;
  readonly repository: string | null;
  readonly lastFetchSuccess: Date | null;
  /** The newest stable version that is not yanked. */
  readonly latest: string | null;
  readonly tags: readonly { slug: string; name: string; color: string | null }[];
  /** The newest fifty versions. */
  readonly versions: readonly VersionRow[];
  /** Dependencies of the latest version. */
  readonly dependencies: readonly DependencyRow[];
}

/** A version in a list. */
export interface VersionRow {
  readonly id: string;
  readonly version: string;
  readonly isPrerelease: boolean;
  readonly publishedAt: Date | null;
  readonly yankedAt: Date | null;
}

/** A dependency in a list. */
export interface DependencyRow {
  readonly name: string;
  readonly packageId: string | null;
  readonly range: string;
  readonly resolved: string;
  readonly resolution: Resolution;
  readonly type: DependencyType;
}

/** Id of the newest stable version of a package that is not yanked. */
export const latestOf = (packageId: SQL): SQL => sql`(select v.id from package_versions v
  where v.package_id = ${packageId} and not v.is_prerelease and v.yanked_at is null
  order by v.sort_key desc limit 1)`;

/**
 * A package with its tags, versions and dependencies, in one statement.
 *
 * @example
 * const [react] = await packageDetails(db, { name: 'react', registry: 'npm' });
 */
export const packageDetails: PreparedQuery<{ name: string; registry: Registry }, PackageDetails> =
  gardenQuery({
    name: 'package-details',
    summary: 'a package with its tags, versions and dependencies',
    sample: ({ package: { name, registry } }) => ({ name, registry }),
    build: (db) =>
      selectRows(
        db,
        {
          ...packageFields,
          homepage: textOrNull('homepage'),
          repository: textOrNull('repository'),
          lastFetchSuccess: momentOrNull('last_fetch_success'),
          latest: textOrNull('latest'),
          tags: json('tags', (tags: PackageDetails['tags']) => tags),
          versions: json('versions', (rows: readonly VersionRow[]) => rows.map(withDates)),
          dependencies: json('dependencies', (rows: readonly DependencyRow[]) => rows),
        },
        sql`select ${packageColumns}, p.homepage, p.repository, p.last_fetch_success,
          latest.version as latest,
          (
            select coalesce(json_agg(json_build_object('slug', t.slug, 'name', t.name, 'color', t.color) order by t.slug), '[]')
            from package_tags pt join tags t on t.id = pt.tag_id
            where pt.package_id = p.id and t.deleted_at is null
          ) as tags,
          (
            select coalesce(json_agg(json_build_object('id', v.id, 'version', v.version,
              'isPrerelease', v.is_prerelease, 'publishedAt', v.published_at, 'yankedAt', v.yanked_at)), '[]')
            from (
              select * from package_versions where package_id = p.id order by sort_key desc limit ${pageSize}
            ) as v
          ) as versions,
          (
            select coalesce(json_agg(json_build_object('name', d.dependency_name, 'packageId', d.dependency_package_id,
              'range', d.dependency_version_range, 'resolved', d.resolved_version,
              'resolution', d.resolution, 'type', d.dependency_type) order by d.dependency_type desc, d.dependency_name), '[]')
            from package_dependencies d where d.version_id = latest.id
          ) as dependencies
        from packages p
        left join package_versions latest on latest.id = ${latestOf(sql`p.id`)}
        where p.name = ${value('name', 'text')} and p.registry = ${value('registry', 'text')}
          and p.deleted_at is null`,
      ),
  });

const withDates = (row: VersionRow): VersionRow => ({
  ...row,
  publishedAt: dateOrNull(row.publishedAt),
  yankedAt: dateOrNull(row.yankedAt),
});

/** JSON has no date type, so dates are text. */
const dateOrNull = (at: unknown): Date | null => (typeof at === 'string' ? toDate(at) : null);

/** The newest stable version of a package that is not yanked. */
export const latestVersion: PreparedQuery<{ packageId: string }, { id: string; version: string }> =
  gardenQuery({
    name: 'latest-version',
    summary: 'the newest stable version of a package that is not yanked',
    sample: ({ typical }) => ({ packageId: typical }),
    build: (db) =>
      selectRows(
        db,
        { id: text('id'), version: text('version') },
        sql`select v.id, v.version from package_versions v
          where v.package_id = ${value('packageId', 'uuid')} and not v.is_prerelease and v.yanked_at is null
          order by v.sort_key desc limit 1`,
      ),
  });

/** The newest published versions of all packages, before a time. Start with `infinity`. */
export const newestVersions: PreparedQuery<
  { before: string },
  { name: string; version: string; publishedAt: Date | null }
> = gardenQuery({
  name: 'newest-versions',
  summary: 'the newest published versions, before a time',
  sample: () => ({ before: 'infinity' }),
  build: (db) =>
    selectRows(
      db,
      { name: text('name'), version: text('version'), publishedAt: momentOrNull('published_at') },
      sql`select p.name, v.version, v.published_at
        from (
          select * from package_versions where published_at < ${value('before', 'timestamptz')}
          order by published_at desc nulls last limit ${pageSize}
        ) as v join packages p on p.id = v.package_id
        where p.deleted_at is null
        order by v.published_at desc`,
    ),
});

/** The packages with the oldest fetch attempt; never-fetched packages come first. */
export const stalePackages: PreparedQuery<
  { before: string },
  { id: string; name: string; fetched: number }
> = gardenQuery({
  name: 'stale-packages',
  summary: 'packages without a fetch attempt since a time',
  sample: () => ({ before: 'infinity' }),
  build: (db) =>
    selectRows(
      db,
      { id: text('id'), name: text('name'), fetched: number('fetched') },
      sql`(
            select p.id, p.name, 0 as fetched from packages p
            where p.last_fetch_attempt is null and p.deleted_at is null limit ${pageSize}
          ) union all (
            select p.id, p.name, 1 as fetched from packages p
            where p.last_fetch_attempt < ${value('before', 'timestamptz')} and p.deleted_at is null
            order by p.last_fetch_attempt limit ${pageSize}
          ) limit ${pageSize}`,
    ),
});
