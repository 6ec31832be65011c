import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { account } from '../apps/garden/account.ts';
import { packageDependencies } from '../apps/garden/package-dependencies.ts';
import { packageRequests } from '../apps/garden/package-requests.ts';
import { packageTags } from '../apps/garden/package-tags.ts';
import { packageVersions } from '../apps/garden/package-versions.ts';
import { packages } from '../apps/garden/packages.ts';
import { isSemverPrerelease, semverSortKey } from '../apps/garden/sort-key.ts';
import { tags } from '../apps/garden/tags.ts';
import { newId } from '../kit/index.ts';
import { demoPackages, demoTags } from './demo-data.ts';

/**
 * Puts a handful of packages, tags and a waiting request into an empty garden, in
 * one transaction. A garden that has packages already stays as it is. Gives
 * whether it planted anything.
 */
export async function plantDemo<Result extends PgQueryResultHKT>(
  db: PgDatabase<Result>,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    if ((await tx.select({ id: packages.id }).from(packages).limit(1)).length > 0) return false;
    const rows = demoRows(new Date());
    await tx.insert(account).values(rows.account);
    await tx.insert(tags).values(rows.tags);
    await tx.insert(packages).values(rows.packages);
    await tx.insert(packageVersions).values(rows.versions);
    await tx.insert(packageDependencies).values(rows.dependencies);
    await tx.insert(packageTags).values(rows.assignments);
    await tx.insert(packageRequests).values(rows.request);
    return true;
  });
}

// The inferred type says it all, row by row.
// oxlint-disable-next-line typescript/explicit-module-boundary-types
function demoRows(now: Date) {
  const stamps = { createdAt: now, updatedAt: now };
  const gardener = { id: newId(), name: 'The first gardener', ...stamps };
  const tagRows = Object.entries(demoTags).map(([name, color]) => ({
    id: newId(),
    name,
    slug: name,
    color,
    ...stamps,
  }));
  const idOfTag = new Map(tagRows.map(({ name, id }) => [name, id]));
  const grown = demoPackages.map((one) => ({
    ...one,
    row: {
      id: newId(),
      name: one.name,
      registry: one.registry,
      description: one.description,
      homepage: one.homepage,
      repository: one.repository,
      lastFetchAttempt: now,
      lastFetchSuccess: now,
      ...stamps,
    },
    versionRows: one.versions.map((version) => ({ id: newId(), version })),
  }));
  const idOfVersion = new Map(
    grown.flatMap(({ name, versionRows }) =>
      versionRows.map(({ id, version }) => [`${name}@${version}`, id] as const),
    ),
  );
  const idOfPackage = new Map(grown.map(({ name, row }) => [name, row.id]));
  return {
    account: gardener,
    tags: tagRows,
    packages: grown.map(({ row }) => row),
    versions: grown.flatMap(({ row, versionRows }) =>
      versionRows.map(({ id, version }) => ({
        id,
        packageId: row.id,
        version,
        sortKey: semverSortKey(version) ?? version,
        isPrerelease: isSemverPrerelease(version) ?? false,
        createdAt: now,
      })),
    ),
    dependencies: grown.flatMap(({ row, versionRows, versions, dependencies }) => {
      const newest = versionRows[versions.findLastIndex((version) => !version.includes('-'))];
      return dependencies.map(({ name, range, resolved, type }) => ({
        id: newId(),
        packageId: row.id,
        versionId: newest?.id ?? '',
        dependencyName: name,
        dependencyPackageId: idOfPackage.get(name) ?? null,
        dependencyVersionRange: range,
        resolvedVersion: resolved,
        resolvedVersionId: idOfVersion.get(`${name}@${resolved}`) ?? null,
        resolution: 'registry' as const,
        dependencyType: type,
        createdAt: now,
      }));
    }),
    assignments: grown.flatMap(({ row, tags: names }) =>
      names.map((name) => ({
        id: newId(),
        packageId: row.id,
        tagId: idOfTag.get(name) ?? '',
        createdBy: gardener.id,
        createdAt: now,
      })),
    ),
    request: {
      id: newId(),
      packageName: 'zod',
      registry: 'npm' as const,
      requestedBy: gardener.id,
      isAutoQueued: false,
      depth: 0,
      priority: 50,
      status: 'pending' as const,
      attemptCount: 0,
      runAt: now,
      ...stamps,
    },
  };
}
