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

/** Changes made by writing a package. */
export interface Written {
  readonly packageId: string;
  readonly created: boolean;
  readonly versions: { readonly added: number; readonly changed: number; readonly yanked: number };
  readonly dependencies: { readonly added: number; readonly removed: number };
  /** Dependencies of other packages that were linked to this package or its versions. */
  readonly linked: number;
}

/**
 * Writes a fetched package within the caller's transaction: the package, its versions, their
 * dependencies, and the links of other packages to them. Unchanged rows are not written again.
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

/** A package whose rows are written but not yet linked. */
interface RowsWritten {
  readonly packageId: string;
  /** Links the rows that wait for the package. Statements started after it run after it. */
  readonly link: () => Promise<Written>;
}

/**
 * The first part of {@link writePackage}. Separate, so that the caller can pipeline more statements
 * with the second part.
 */
export async function writeRows(
  tx: Statements,
  registry: Registry,
  fetched: FetchedPackage,
  cache: TargetCache,
): Promise<RowsWritten> {
  const now = new Date().toISOString();
  const own: Target = { registry, name: fetched.name };
  // A package can depend on itself, and only this transaction knows its new state.
  const others = targetsOf(registry, fetched.versions).filter((one) => keyOf(one) !== keyOf(own));
  // Independent statements are pipelined.
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
  const candidates = await cache.candidatesOf(
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
    // Limits the size of the statements in memory for a large package.
    if (last.push(statement) > 2) await prepared(tx, last.shift()!);
  }
  const [, , , stampsNow, waiting] = await Promise.all([
    Promise.all(last.map((statement) => prepared(tx, statement))),
    prepared(
      tx,
      lockNames(own, [...needs, ...targetsOf(registry, [{ dependencies: changes.removed }])]),
    ),
    // Runs after the lock is obtained, because a holder of an exclusive lock may be about
    // to link these rows.
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

/** Links targets that were stored or changed by others since this transaction first read them. */
async function catchUp(
  tx: Statements,
  packageId: string,
  changed: readonly Stamp[],
  cache: TargetCache,
): Promise<void> {
  const candidates = await cache.candidatesOf(tx, changed);
  for (const one of changed) {
    const waiting = await prepared<Waiting>(tx, waitingFor(one, packageId));
    await linkWaiting(tx, one, candidates.get(keyOf(one))!, waiting);
  }
}
