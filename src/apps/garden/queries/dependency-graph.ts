import { sql, type SQL } from 'drizzle-orm';
import type { Registry } from '../tables/registry.ts';
import type { PreparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { latestOf } from './package-details.ts';
import {
  number,
  selectRows,
  text,
  textOrNull,
  value,
} from '../../../postgres/queries/row-fields.ts';

/** A package reached from another one. */
export interface ReachedPackage {
  readonly id: string;
  readonly name: string;
  readonly registry: Registry;
  /** Length of the shortest path. */
  readonly depth: number;
}

/** Maximum number of rows of a walk. */
export const NODE_LIMIT = 2000;

const nodes: SQL = sql.raw(String(NODE_LIMIT));
/** Maximum number of dependents followed per package. */
const fan: SQL = sql.raw('500');

const reachedFields = {
  id: text('id'),
  name: text('name'),
  registry: text('registry') as SQL<Registry>,
  depth: number('depth'),
};

/**
 * All transitive dependencies of the latest version of a package, in their resolved versions,
 * without dev dependencies. `depth` bounds cycles, and {@link NODE_LIMIT} bounds the number of
 * rows.
 *
 * @example
 * const all = await transitiveDependencies(db, { packageId: vite.id, depth: 10 });
 */
export const transitiveDependencies: PreparedQuery<
  { packageId: string; depth: number },
  ReachedPackage & { readonly version: string }
> = gardenQuery({
  name: 'transitive-dependencies',
  summary: 'the transitive dependencies of the latest version of a package',
  sample: ({ typical }) => ({ packageId: typical, depth: 10 }),
  build: (db) =>
    selectRows(
      db,
      { ...reachedFields, version: text('version') },
      sql`with recursive walk (version_id, depth) as (
          select ${latestOf(value('packageId', 'uuid'))}, 0
          union
          select d.resolved_version_id, walk.depth + 1
          from walk join package_dependencies d on d.version_id = walk.version_id
          where d.resolved_version_id is not null and d.dependency_type <> 'dev'
            and walk.depth < ${value('depth', 'int')}
        ), reached as (
          select version_id, min(depth) as depth
          from (select * from walk limit ${nodes}) as one group by version_id
        )
        select p.id, p.name, p.registry, v.version, reached.depth
        from reached join package_versions v on v.id = reached.version_id
        join packages p on p.id = v.package_id
        where reached.depth > 0
        order by reached.depth, p.name, v.sort_key`,
    ),
});

/**
 * All direct and transitive dependents of a package: at most 500 per package, and {@link
 * NODE_LIMIT} in total.
 */
export const transitiveDependents: PreparedQuery<
  { packageId: string; depth: number },
  ReachedPackage
> = gardenQuery({
  name: 'transitive-dependents',
  summary: 'the direct and transitive dependents of a package',
  sample: ({ package: { id } }) => ({ packageId: id, depth: 2 }),
  build: (db) =>
    selectRows(
      db,
      reachedFields,
      sql`with recursive walk (package_id, depth) as (
          select ${value('packageId', 'uuid')}, 0
          union
          select d.package_id, walk.depth + 1
          from walk cross join lateral (
            select distinct package_id from package_dependencies
            where dependency_package_id = walk.package_id
            order by package_id limit ${fan}
          ) as d
          where walk.depth < ${value('depth', 'int')}
        ), reached as (
          select package_id, min(depth) as depth
          from (select * from walk limit ${nodes}) as one group by package_id
        )
        select p.id, p.name, p.registry, reached.depth
        from reached join packages p on p.id = reached.package_id
        where reached.depth > 0 and p.deleted_at is null
        order by reached.depth, p.name`,
    ),
});

/** A dependency of two packages, with the range and the resolved version of each. */
export interface SharedDependency {
  readonly name: string;
  readonly packageId: string | null;
  readonly oneRange: string;
  readonly oneResolved: string;
  readonly otherRange: string;
  readonly otherResolved: string;
}

/** Dependencies that the latest versions of two packages share. */
export const sharedDependencies: PreparedQuery<
  { oneId: string; otherId: string },
  SharedDependency
> = gardenQuery({
  name: 'shared-dependencies',
  summary: 'dependencies that the latest versions of two packages share',
  sample: ({ typical, other }) => ({ oneId: typical, otherId: other }),
  build: (db) =>
    selectRows(
      db,
      {
        name: text('name'),
        packageId: textOrNull('package_id'),
        oneRange: text('one_range'),
        oneResolved: text('one_resolved'),
        otherRange: text('other_range'),
        otherResolved: text('other_resolved'),
      },
      sql`select one.dependency_name as name, one.dependency_package_id as package_id,
          one.dependency_version_range as one_range, one.resolved_version as one_resolved,
          other.dependency_version_range as other_range, other.resolved_version as other_resolved
        from package_dependencies one
        join package_dependencies other
          on other.dependency_name = one.dependency_name and other.dependency_type = one.dependency_type
        where one.version_id = ${latestOf(value('oneId', 'uuid'))}
          and other.version_id = ${latestOf(value('otherId', 'uuid'))}
        order by one.dependency_name`,
    ),
});
