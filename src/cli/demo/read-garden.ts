import { desc } from 'drizzle-orm';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { isAlive } from '../../kit/index.ts';
import type * as garden from '../../index.ts';

/** What the demonstration shows of a garden. */
export interface GardenView {
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

/** Packages in the order of their names, each with its latest stable version: one query, no N+1. */
export async function readGarden(db: PgliteDatabase<typeof garden>): Promise<GardenView> {
  const packages = await db.query.packages.findMany({
    where: (t) => isAlive(t),
    orderBy: (t) => t.name,
    with: {
      versions: { orderBy: (t) => desc(t.sortKey) },
      dependencies: { orderBy: (t) => t.dependencyName },
      tagAssignments: { with: { tag: true } },
    },
  });
  const requests = await db.query.packageRequests.findMany({
    orderBy: (t) => t.createdAt,
    with: { requester: true },
  });
  return {
    packages: packages.map((one) => ({
      name: one.name,
      registry: one.registry,
      latest: one.versions.find((version) => !version.isPrerelease)?.version ?? 'none',
      versions: one.versions.length,
      description: one.description ?? '',
      tags: one.tagAssignments.map(({ tag }) => tag.name).sort(),
      needs: one.dependencies.map((dependency) => ({
        name: dependency.dependencyName,
        range: dependency.dependencyVersionRange,
        got: dependency.resolvedVersion,
      })),
    })),
    requests: requests.map(({ packageName, status, requester }) => ({
      name: packageName,
      status,
      by: requester?.name ?? 'the garden itself',
    })),
  };
}
