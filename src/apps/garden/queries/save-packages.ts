import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { packageDependencies, type NewPackageDependency } from '../tables/package-dependencies.ts';
import { packageVersions, type NewPackageVersion } from '../tables/package-versions.ts';
import { packages, type NewPackage } from '../tables/packages.ts';
import type { GardenDatabase } from '../../../queries/prepared-query.ts';

/** A statement takes at most 65,535 values: so many rows of a dozen columns each. */
const BATCH = 2000;

/** A version of a package to save, with what it needs. */
export interface VersionToSave {
  readonly version: Omit<NewPackageVersion, 'packageId'>;
  readonly dependencies: readonly Omit<NewPackageDependency, 'packageId' | 'versionId'>[];
}

const arriving = (column: AnyPgColumn): SQL => sql.raw(`excluded."${column.name}"`);

/**
 * Inserts packages, or brings those that are there up to date by their name and
 * registry; a row in which nothing changed is not written. All or none.
 *
 * @returns the id of each, which for one that was there is not the one given.
 * @example
 * const ids = await upsertPackages(db, [{ id: newId(), name: 'react', registry: 'npm', createdAt: now, updatedAt: now }]);
 */
export async function upsertPackages(
  db: GardenDatabase,
  rows: readonly NewPackage[],
): Promise<readonly { id: string; name: string; registry: string }[]> {
  const columns = [packages.description, packages.homepage, packages.repository] as const;
  const fetched = [packages.lastFetchAttempt, packages.lastFetchSuccess] as const;
  const set = Object.fromEntries([
    ...columns.map((column) => [keyOf(column), arriving(column)]),
    // A row without them says nothing about them.
    ...fetched.map((column) => [keyOf(column), sql`coalesce(${arriving(column)}, ${column})`]),
    ['updatedAt', arriving(packages.updatedAt)],
  ]);
  const changed = sql`(${sql.join([...columns, ...fetched], sql`, `)}) is distinct from (${sql.join(
    [
      ...columns.map(arriving),
      ...fetched.map((column) => sql`coalesce(${arriving(column)}, ${column})`),
    ],
    sql`, `,
  )})`;
  return db.transaction(async (tx) => {
    const found: { id: string; name: string; registry: string }[] = [];
    for (const batch of batches(rows)) {
      await tx
        .insert(packages)
        .values([...batch])
        .onConflictDoUpdate({
          target: [packages.name, packages.registry],
          set,
          setWhere: changed,
        });
      found.push(
        ...(await tx
          .select({ id: packages.id, name: packages.name, registry: packages.registry })
          .from(packages)
          .where(
            sql`(${packages.name}, ${packages.registry}) in ${batch.map(({ name, registry }) => sql`(${name}, ${registry})`)}`,
          )),
      );
    }
    return found;
  });
}

/**
 * What a worker found out about a package, in one transaction: the package, the
 * versions that the garden does not have yet with their dependencies, and the
 * links of those who named it before it was here. A published version never
 * changes, so one that is there stays as it is, but for having been withdrawn.
 *
 * @returns the package's id, and how many versions were new.
 */
export async function savePackage(
  db: GardenDatabase,
  row: NewPackage,
  versions: readonly VersionToSave[],
): Promise<{ readonly id: string; readonly newVersions: number }> {
  return db.transaction(async (tx) => {
    const [saved] = await upsertPackages(tx, [row]);
    const packageId = saved?.id ?? row.id;
    const added = new Set<string>();
    for (const batch of batches(versions)) {
      const rows = await tx
        .insert(packageVersions)
        .values(batch.map(({ version }) => ({ ...version, packageId })))
        .onConflictDoUpdate({
          target: [packageVersions.packageId, packageVersions.version],
          set: { yankedAt: arriving(packageVersions.yankedAt) },
          setWhere: sql`${packageVersions.yankedAt} is distinct from ${arriving(packageVersions.yankedAt)}`,
        })
        .returning({ id: packageVersions.id });
      for (const { id } of rows) added.add(id);
    }
    // What was there keeps its id, so an id of ours that came back is a new row.
    const fresh = versions.filter(({ version }) => added.has(version.id));
    const needs = fresh.flatMap(({ version, dependencies }) =>
      dependencies.map((one) => ({ ...one, packageId, versionId: version.id })),
    );
    for (const batch of batches(needs)) await tx.insert(packageDependencies).values([...batch]);
    await linkDependents(tx, { id: packageId, name: row.name, registry: row.registry });
    return { id: packageId, newVersions: fresh.length };
  });
}

/** Dependencies that name a package and have no link to its version yet get one. */
async function linkDependents(
  tx: GardenDatabase,
  target: Pick<NewPackage, 'id' | 'name' | 'registry'>,
): Promise<void> {
  const ofRegistry = tx
    .select({ id: packages.id })
    .from(packages)
    .where(
      and(eq(packages.id, packageDependencies.packageId), eq(packages.registry, target.registry)),
    );
  await tx
    .update(packageDependencies)
    .set({
      dependencyPackageId: target.id,
      resolvedVersionId: sql`(select ${packageVersions.id} from ${packageVersions}
        where ${packageVersions.packageId} = ${target.id} and ${packageDependencies.resolution} = 'registry'
          and ${packageVersions.version} = ${packageDependencies.resolvedVersion})`,
    })
    .where(
      and(
        eq(packageDependencies.dependencyName, target.name),
        isNull(packageDependencies.resolvedVersionId),
        inArray(packageDependencies.resolution, ['registry', 'unresolved']),
        sql`exists ${ofRegistry}`,
      ),
    );
}

function* batches<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += BATCH) yield rows.slice(at, at + BATCH);
}

/** The property that Drizzle knows a column of packages by. */
function keyOf(column: AnyPgColumn): string {
  const found = Object.entries(packages).find(([, one]) => one === column);
  return found?.[0] ?? '';
}
