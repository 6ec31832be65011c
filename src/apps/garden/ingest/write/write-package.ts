import type { Registry } from '../../tables/registry.ts';
import type { FetchedDependency, FetchedPackage } from '../registry/registry-adapter.ts';
import { Candidates } from '../resolve/candidates.ts';
import { keyOf, targetOf, type Target } from '../resolve/target.ts';
import { changedDependencies, type DependencyChanges } from './changed-dependencies.ts';
import { linkWaiting, waitingFor, type Waiting } from './link-waiting.ts';
import { lockNames } from './lock-names.ts';
import { planForGrowth, prepared, type Statement, type Statements } from './statement.ts';
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
  const { link } = await writeRows(tx, registry, fetched, cache);
  return link();
}

/** A package whose rows are written, and not yet linked to. */
interface RowsWritten {
  readonly packageId: string;
  /** Links what waits for the package. What is begun after it runs after it. */
  readonly link: () => Promise<Written>;
}

/** The first part of {@link writePackage}, so that more can go over the wire with the second one. */
export async function writeRows(
  tx: Statements,
  registry: Registry,
  fetched: FetchedPackage,
  cache: TargetCache,
): Promise<RowsWritten> {
  const now = new Date().toISOString();
  const own: Target = { registry, name: fetched.name };
  // A package may need itself, and only this transaction knows what it is now.
  const others = targetsOf(registry, fetched.versions).filter((one) => keyOf(one) !== keyOf(own));
  // What does not wait for another's answer goes over the wire with it.
  const [, [stored], stamps] = await Promise.all([
    prepared(tx, planForGrowth()),
    prepared<StoredPackage>(tx, storePackage(registry, fetched, now)),
    prepared<Stamp>(tx, stampsOf(others)),
  ]);
  const { id: packageId, created, deleted } = stored!;
  if (deleted) throw removed(fetched.name);
  const known = created ? [] : await prepared<KnownVersion>(tx, knownVersions(packageId));
  const versions = changedVersions(known, fetched.versions);
  const changes = await changesOf(tx, packageId, fetched, versions);
  const needs = targetsOf(registry, changes.added);
  const needed = new Set(needs.map(keyOf));
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

  const last: Statement[] = [];
  for (const statement of writes()) {
    // Of a large package's rows no more is held than this.
    if (last.push(statement) > 2) await prepared(tx, last.shift()!);
  }
  const [, , , stampsNow, waiting] = await Promise.all([
    Promise.all(last.map((statement) => prepared(tx, statement))),
    prepared(
      tx,
      lockNames(own, [...needs, ...targetsOf(registry, [{ dependencies: changes.removed }])]),
    ),
    // Not before: whoever has the name alone may be about to link these very rows.
    changes.removed.length > 0 ? prepared(tx, removeDependencies(changes.removed)) : undefined,
    prepared<Stamp>(tx, stampsOf(others.filter((one) => needed.has(keyOf(one))))),
    prepared<Waiting>(tx, waitingFor(own)),
  ]);
  await catchUp(tx, packageId, changedSince(stamps, stampsNow), cache);
  const written = {
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
  };
  return {
    packageId,
    link: async () => ({ ...written, linked: await linkWaiting(tx, own, arrived, waiting) }),
  };

  function* writes(): Generator<Statement> {
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
  versions: readonly { readonly dependencies?: readonly { readonly name: string }[] | undefined }[],
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

function changedSince(before: readonly Stamp[], now: readonly Stamp[]): readonly Stamp[] {
  const stamps = new Map(before.map((one) => [keyOf(one), one.stamp]));
  return now.filter((one) => stamps.get(keyOf(one)) !== one.stamp);
}

/** What came or changed among the targets since this transaction looked is linked as if it came now. */
async function catchUp(
  tx: Statements,
  packageId: string,
  changed: readonly Stamp[],
  cache: TargetCache,
): Promise<void> {
  const candidates = await cache.see(tx, changed);
  for (const one of changed) {
    const waiting = await prepared<Waiting>(tx, waitingFor(one, packageId));
    await linkWaiting(tx, one, candidates.get(keyOf(one))!, waiting);
  }
}
