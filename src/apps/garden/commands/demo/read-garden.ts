import { and, desc, inArray, sql } from 'drizzle-orm';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { isAlive } from '../../../../kit/index.ts';
import * as tables from '../../index.ts';

/** Maximum number of packages and requests to show. */
const SHOWN = 8;

/** The data that the demo shows. */
export interface GardenView {
  readonly counts: Readonly<Record<'packages' | 'versions' | 'dependencies' | 'tags', number>>;
  readonly packages: readonly PackageView[];
  readonly requests: readonly {
    readonly name: string;
    readonly status: string;
    readonly by: string;
  }[];
}

interface PackageView {
  readonly name: string;
  readonly registry: string;
  readonly latest: string;
  readonly versions: number;
  readonly description: string;
  readonly tags: readonly string[];
  readonly needs: readonly {
    readonly name: string;
    readonly range: string;
    readonly got: string;
  }[];
}

/**
 * The tagged packages with the most dependents, each with its latest stable version, in one query.
 */
export async function readGarden(db: PgliteDatabase<typeof tables>): Promise<GardenView> {
  const packages = await db.query.packages.findMany({
    where: (t) =>
      sql`${isAlive(t)} and exists (select from package_tags where package_id = ${t.id})`,
    orderBy: (t) => [
      sql`(select count(distinct package_id) from package_dependencies where dependency_package_id = ${t.id}) desc`,
      t.name,
    ],
    limit: SHOWN,
    with: {
      versions: { orderBy: (t) => desc(t.sortKey) },
      tagAssignments: { with: { tag: true } },
    },
  });
  const latest = packages.map((one) => one.versions.find((version) => !version.isPrerelease));
  const needs = await db.query.packageDependencies.findMany({
    where: (t) =>
      and(
        inArray(
          t.versionId,
          latest.flatMap((version) => version?.id ?? []),
        ),
        inArray(t.dependencyType, ['runtime', 'peer']),
      ),
    orderBy: (t) => t.dependencyName,
  });
  const requests = await db.query.packageRequests.findMany({
    orderBy: (t) => t.createdAt,
    limit: SHOWN,
    with: { requester: true },
  });
  const counts = {
    packages: await db.$count(tables.packages),
    versions: await db.$count(tables.packageVersions),
    dependencies: await db.$count(tables.packageDependencies),
    tags: await db.$count(tables.tags),
  };
  return {
    counts,
    packages: packages.map((one, at) => ({
      name: one.name,
      registry: one.registry,
      latest: latest[at]?.version ?? 'none',
      versions: one.versions.length,
      description: one.description ?? '',
      tags: one.tagAssignments.map(({ tag }) => tag.name).sort(),
      needs: needs
        .filter(({ versionId }) => versionId === latest[at]?.id)
        .map((dependency) => ({
          name: dependency.dependencyName,
          range: dependency.dependencyVersionRange,
          got: dependency.resolvedVersion,
        })),
    })),
    requests: requests.map(({ packageName, status, requester }) => ({
      name: packageName,
      status,
      by: requester?.name ?? 'the queue',
    })),
  };
}
