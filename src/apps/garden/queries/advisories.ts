import { sql, type SQL } from 'drizzle-orm';
import semver from 'semver';
import type { Registry } from '../tables/registry.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { ProblemError } from '../../../report/problem.ts';
import type { PreparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { packageColumns, packageFields, type PackageRow } from './package-row.ts';
import { FIRST_ID, pageSize } from './page-size.ts';
import { idList, selectRows, text, value } from '../../../postgres/queries/row-fields.ts';

/** One page of the packages with a dependency that resolved to one of the versions, each once. */
const usersOf = (versions: SQL): SQL => sql`select distinct d.package_id
  from ${versions} as bad (id) cross join lateral (
    select distinct package_id from package_dependencies
    where resolved_version_id = bad.id and package_id > ${value('after', 'uuid')}
    order by package_id limit ${pageSize}
  ) as d`;

/**
 * The packages with a dependency that resolved to exactly this version, as in `name@version`
 * of a CVE. Includes dependencies with that version in their text if the version is not stored.
 *
 * @example
 * const hit = await packagesUsing(db, { name: 'express', registry: 'npm', version: '4.18.1', after: FIRST_ID });
 */
export const packagesUsing: PreparedQuery<
  { name: string; registry: Registry; version: string; after: string },
  PackageRow
> = gardenQuery({
  name: 'packages-using',
  summary: 'packages with a dependency resolved to name@version, in pages',
  sample: ({ package: { name, registry }, version: { version } }) => ({
    name,
    registry,
    version,
    after: FIRST_ID,
  }),
  build: (db) =>
    selectRows(
      db,
      packageFields,
      sql`select ${packageColumns} from (
          ${usersOf(sql`(
            select v.id from packages p join package_versions v on v.package_id = p.id
            where p.name = ${value('name', 'text')} and p.registry = ${value('registry', 'text')}
              and v.version = ${value('version', 'text')}
          )`)}
          union
          select package_id from package_dependencies
          where resolved_version_id is null and dependency_name = ${value('name', 'text')}
            and resolved_version = ${value('version', 'text')} and package_id > ${value('after', 'uuid')}
        ) as one join packages p on p.id = one.package_id
        where p.registry = ${value('registry', 'text')} and p.deleted_at is null
        order by p.id limit ${pageSize}`,
    ),
});

/** All versions of a package, to test a range on. */
export const versionsOf: PreparedQuery<
  { name: string; registry: Registry },
  { id: string; version: string }
> = gardenQuery({
  name: 'versions-of',
  summary: 'all versions of a package',
  sample: ({ package: { name, registry } }) => ({ name, registry }),
  build: (db) =>
    selectRows(
      db,
      { id: text('id'), version: text('version') },
      sql`select v.id, v.version from packages p join package_versions v on v.package_id = p.id
        where p.name = ${value('name', 'text')} and p.registry = ${value('registry', 'text')}`,
    ),
});

/**
 * The packages with a dependency that resolved to any of these versions. Encode the ids with
 * `idList`.
 */
export const packagesUsingAny: PreparedQuery<{ versionIds: string; after: string }, PackageRow> =
  gardenQuery({
    name: 'packages-using-any',
    summary: 'packages with a dependency resolved to one of several versions, in pages',
    sample: ({ version }) => ({ versionIds: idList([version.id]), after: FIRST_ID }),
    build: (db) =>
      selectRows(
        db,
        packageFields,
        sql`select ${packageColumns} from (
            ${usersOf(sql`unnest(${value('versionIds', 'uuid[]')})`)}
          ) as one join packages p on p.id = one.package_id
          where p.deleted_at is null order by p.id limit ${pageSize}`,
      ),
  });

/**
 * The packages with a dependency that resolved to a version in an advisory's range. The range
 * is tested with semver, not in SQL: a prerelease before the fix counts as affected.
 *
 * @example
 * const hit = await packagesInRange(db, { name: 'lodash', registry: 'npm', range: '<4.17.21', after: FIRST_ID });
 */
export async function packagesInRange(
  db: AnyDatabase,
  advisory: { name: string; registry: Registry; range: string; after: string },
): Promise<readonly PackageRow[]> {
  const { name, registry, range, after } = advisory;
  if (semver.validRange(range) === null) {
    throw new ProblemError({
      code: 'queries/bad-range',
      message: `${JSON.stringify(range)} is not a range of semantic versions.`,
      fix: 'write it as npm does, for example ">=1.2.0 <1.4.7".',
    });
  }
  const versions = await versionsOf(db, { name, registry });
  const hit = versions.filter(({ version }) =>
    semver.satisfies(version, range, { includePrerelease: true }),
  );
  if (hit.length === 0) return [];
  return packagesUsingAny(db, { versionIds: idList(hit.map(({ id }) => id)), after });
}
