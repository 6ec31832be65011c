import { sql } from 'drizzle-orm';
import type { Registry } from '../../apps/garden/registry.ts';
import type { FetchedDependency, FetchedPackage } from '../registry/registry-adapter.ts';
import { Candidates } from '../resolve/candidates.ts';
import { keyOf, targetOf, type Target } from '../resolve/target.ts';
import {
  changedDependencies,
  type DependencyChanges,
  type VersionDependencies,
} from './changed-dependencies.ts';
import { linkWaiting } from './link-waiting.ts';
import type { Statements } from './statement.ts';
import { removeDependencies, storeDependencies } from './store-dependencies.ts';
import { storePackage } from './store-package.ts';
import { storeVersions, type StoredVersions } from './store-versions.ts';
import { readStamps, type TargetCache } from './target-cache.ts';

/** What writing a package changed. */
export interface Written {
  readonly packageId: string;
  readonly created: boolean;
  readonly versions: { readonly added: number; readonly changed: number; readonly yanked: number };
  readonly dependencies: { readonly added: number; readonly removed: number };
  /** Dependencies of others that waited for this package, or for a version of it. */
  readonly linked: number;
}

/**
 * Writes what was fetched, within the transaction of the caller: the package, its
 * versions, their dependencies, and the links of others to them. What is as it was is
 * not written again.
 */
export async function writePackage(
  tx: Statements,
  registry: Registry,
  fetched: FetchedPackage,
  cache: TargetCache,
): Promise<Written> {
  const now = new Date().toISOString();
  const own: Target = { registry, name: fetched.name };
  const { id: packageId, created } = await storePackage(tx, registry, fetched, now);
  const versions = await storeVersions(tx, packageId, fetched.versions, { now, created });
  const changes = await changesOf(tx, packageId, fetched, versions, created);
  const targets = targetsOf(registry, changes.added);
  const arrived = new Candidates(
    { ...own, packageId },
    versions.candidates,
    Object.fromEntries(fetched.tags),
  );
  const seen = await cache.see(
    tx,
    targets.filter((target) => keyOf(target) !== keyOf(own)),
  );
  // A package may need itself, and only this transaction knows what it is now.
  const candidates = new Map(seen.candidates).set(keyOf(own), arrived);
  await storeDependencies(tx, changes.added, { registry, packageId, now }, candidates);

  await waitForTurn(tx);
  // Not before: whoever has the turn may be about to link these very rows.
  await removeDependencies(tx, changes.removed);
  await catchUp(tx, seen.stamps, targets, own, cache);
  const linked = await linkWaiting(tx, own, arrived);
  return {
    packageId,
    created,
    versions: { added: versions.added, changed: versions.changed, yanked: versions.yanked },
    dependencies: {
      added: changes.added.reduce((sum, { dependencies }) => sum + dependencies.length, 0),
      removed: changes.removed.length,
    },
    linked,
  };
}

async function changesOf(
  tx: Statements,
  packageId: string,
  fetched: FetchedPackage,
  { ids, known }: StoredVersions,
  created: boolean,
): Promise<DependencyChanges> {
  const fresh = fetched.versions.filter(({ version }) => !known.has(version));
  const before = new Map<string, readonly FetchedDependency[]>(
    fetched.versions.flatMap(({ version, dependencies }) =>
      known.has(version) && dependencies !== undefined ? [[ids.get(version)!, dependencies]] : [],
    ),
  );
  const changes =
    created || before.size === 0
      ? { added: [], removed: [] }
      : await changedDependencies(tx, packageId, before);
  return {
    removed: changes.removed,
    added: [
      ...changes.added,
      ...fresh.map(({ version, dependencies = [] }) => ({
        versionId: ids.get(version)!,
        dependencies,
      })),
    ],
  };
}

function targetsOf(registry: Registry, added: readonly VersionDependencies[]): Target[] {
  const targets = new Map<string, Target>();
  const names = new Set<string>();
  for (const { dependencies } of added) for (const { name } of dependencies) names.add(name);
  for (const name of names) {
    const target = targetOf(registry, name);
    targets.set(keyOf(target), target);
  }
  return [...targets.values()];
}

/** Any number will do that nobody else takes. */
const TURN = 7_214_003_118;

/**
 * Two packages that depend on each other, written at the same time, do not see each
 * other's rows: neither would link to the other. So from here to the end of the
 * transaction one goes after the other. What follows is short.
 */
async function waitForTurn(tx: Statements): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${TURN}::bigint)`);
}

/** What came or changed among the targets since this transaction looked is linked as if it came now. */
async function catchUp(
  tx: Statements,
  stamps: ReadonlyMap<string, string>,
  targets: readonly Target[],
  own: Target,
  cache: TargetCache,
): Promise<void> {
  const changed = (await readStamps(tx, targets)).filter(
    (one) => keyOf(one) !== keyOf(own) && stamps.get(keyOf(one)) !== one.stamp,
  );
  const seen = await cache.see(tx, changed);
  for (const one of changed) {
    const candidates = seen.candidates.get(keyOf(one));
    if (candidates !== undefined) await linkWaiting(tx, one, candidates);
  }
}
