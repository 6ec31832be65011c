import { sql, type SQL } from 'drizzle-orm';
import type { Registry } from '../../apps/garden/registry.ts';
import type {
  FetchedDependency,
  FetchedPackage,
  FetchedVersion,
} from '../registry/registry-adapter.ts';
import { Candidates } from '../resolve/candidates.ts';
import { keyOf, targetOf, type Target } from '../resolve/target.ts';
import { changedDependencies, type DependencyChanges } from './changed-dependencies.ts';
import { linkWaiting, waitingFor, type Waiting } from './link-waiting.ts';
import { planForGrowth, prepared, type Statements } from './statement.ts';
import { removeDependencies, storeDependencies } from './store-dependencies.ts';
import { removed, storePackage, type StoredPackage } from './store-package.ts';
import {
  changedVersions,
  knownVersions,
  storeVersions,
  type KnownVersion,
  type VersionChanges,
} from './store-versions.ts';
import { stampsOf, type Stamp, type TargetCache } from './target-cache.ts';

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
  // A package may need itself, and only this transaction knows what it is now.
  const others = targetsOf(registry, fetched.versions).filter((one) => keyOf(one) !== keyOf(own));
  // What does not wait for another's answer goes over the wire with it.
  const [, [stored], known, stamps] = await Promise.all([
    prepared(tx, planForGrowth),
    prepared<StoredPackage>(tx, storePackage(registry, fetched, now)),
    prepared<KnownVersion>(tx, knownVersions(own)),
    prepared<Stamp>(tx, stampsOf(others)),
  ]);
  const { id: packageId, created, deleted } = stored!;
  if (deleted) throw removed(fetched.name);
  const versions = changedVersions(known, fetched.versions);
  const changes = await changesOf(tx, packageId, fetched, versions);
  const needed = new Set(targetsOf(registry, changes.added).map(keyOf));
  const candidates = await cache.see(
    tx,
    stamps.filter((one) => needed.has(keyOf(one))),
  );
  const arrived = new Candidates(
    { ...own, packageId },
    versions.candidates,
    Object.fromEntries(fetched.tags),
  );
  candidates.set(keyOf(own), arrived);

  const last: SQL[] = [];
  for (const statement of writes()) {
    // Of a large package's rows no more is held than this.
    if (last.push(statement) > 2) await prepared(tx, last.shift()!);
  }
  const [, , , stampsNow, waiting] = await Promise.all([
    Promise.all(last.map((statement) => prepared(tx, statement))),
    prepared(tx, turn),
    // Not before: whoever has the turn may be about to link these very rows.
    changes.removed.length > 0 ? prepared(tx, removeDependencies(changes.removed)) : undefined,
    prepared<Stamp>(tx, stampsOf(others.filter((one) => needed.has(keyOf(one))))),
    prepared<Waiting>(tx, waitingFor(own)),
  ]);
  await catchUp(tx, stamps, stampsNow, cache);
  const linked = await linkWaiting(tx, own, arrived, waiting);
  return {
    packageId,
    created,
    versions: {
      added: versions.added.length,
      changed: versions.changed.length,
      yanked: versions.yanked,
    },
    dependencies: {
      added: changes.added.reduce((sum, { dependencies }) => sum + dependencies.length, 0),
      removed: changes.removed.length,
    },
    linked,
  };

  function* writes(): Generator<SQL> {
    yield* storeVersions(packageId, versions, now);
    yield* storeDependencies(changes.added, { registry, packageId, now }, candidates);
  }
}

async function changesOf(
  tx: Statements,
  packageId: string,
  fetched: FetchedPackage,
  { ids, known }: VersionChanges,
): Promise<DependencyChanges> {
  const fresh = fetched.versions.filter(({ version }) => !known.has(version));
  const before = new Map<string, readonly FetchedDependency[]>(
    fetched.versions.flatMap(({ version, dependencies }) =>
      known.has(version) && dependencies !== undefined ? [[ids.get(version)!, dependencies]] : [],
    ),
  );
  const changes =
    before.size === 0
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

function targetsOf(
  registry: Registry,
  versions: readonly { readonly dependencies: FetchedVersion['dependencies'] }[],
): Target[] {
  const targets = new Map<string, Target>();
  const names = new Set<string>();
  for (const { dependencies = [] } of versions) {
    for (const { name } of dependencies) names.add(name);
  }
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
const turn = sql`select pg_advisory_xact_lock(${TURN}::bigint)`;

/** What came or changed among the targets since this transaction looked is linked as if it came now. */
async function catchUp(
  tx: Statements,
  before: readonly Stamp[],
  now: readonly Stamp[],
  cache: TargetCache,
): Promise<void> {
  const stamps = new Map(before.map((one) => [keyOf(one), one.stamp]));
  const changed = now.filter((one) => stamps.get(keyOf(one)) !== one.stamp);
  const candidates = await cache.see(tx, changed);
  for (const one of changed) {
    const waiting = await prepared<Waiting>(tx, waitingFor(one));
    await linkWaiting(tx, one, candidates.get(keyOf(one))!, waiting);
  }
}
