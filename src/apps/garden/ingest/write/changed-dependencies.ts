import { createHash } from 'node:crypto';
import type { FetchedDependency } from '../registry/registry-adapter.ts';
import { arrayOf, prepared, statement, type Statements } from './statement.ts';

/** Dependencies of one version. */
export interface VersionDependencies {
  readonly versionId: string;
  readonly dependencies: readonly FetchedDependency[];
}

/** A stored dependency and the name of its package. */
export interface RemovedDependency {
  readonly id: string;
  readonly name: string;
}

/** The changes that make the stored dependencies match the registry. */
export interface DependencyChanges {
  readonly added: readonly VersionDependencies[];
  /** Rows that the registry no longer has. */
  readonly removed: readonly RemovedDependency[];
}

/**
 * Compares stored and fetched dependencies. Versions rarely change, so only a hash per version is
 * read, and rows only where the hash differs.
 */
export async function changedDependencies(
  tx: Statements,
  packageId: string,
  fetched: ReadonlyMap<string, readonly FetchedDependency[]>,
): Promise<DependencyChanges> {
  const hashes = await prepared<{ id: string; hash: string }>(
    tx,
    statement`select version_id as id, md5(string_agg(entry, E'\x1e' order by entry collate "C")) as hash
        from (select version_id, dependency_type || E'\x1f' || dependency_name || E'\x1f' ||
                dependency_version_range as entry
              from package_dependencies where package_id = ${packageId}::text::uuid) as stored
        group by version_id`,
  );
  const stored = new Map(hashes.map(({ id, hash }) => [id, hash]));
  const differing = [...fetched].filter(([id, list]) => stored.get(id) !== hashOf(list));
  if (differing.length === 0) return { added: [], removed: [] };
  const rows = await prepared<RemovedDependency & { version_id: string; entry: string }>(
    tx,
    statement`select id, dependency_name as name, version_id, dependency_type || E'\x1f' || dependency_name || E'\x1f' ||
          dependency_version_range as entry
        from package_dependencies
        where version_id = any (${arrayOf(differing.map(([id]) => id))}::text::uuid[])`,
  );
  const left = new Map<string, RemovedDependency[]>();
  for (const { id, name, version_id, entry } of rows) {
    const key = `${version_id} ${entry}`;
    left.set(key, [...(left.get(key) ?? []), { id, name }]);
  }
  const added = differing.map(([versionId, list]) => ({
    versionId,
    dependencies: list.filter(
      (one) => left.get(`${versionId} ${entryOf(one)}`)?.pop() === undefined,
    ),
  }));
  return { added, removed: [...left.values()].flat() };
}

const entryOf = ({ type, name, range }: FetchedDependency): string =>
  `${type}\x1f${name}\x1f${range}`;

/** Same hash as in the statement above. A version without dependencies has no row. */
function hashOf(list: readonly FetchedDependency[]): string | undefined {
  if (list.length === 0) return undefined;
  const entries = list.map(entryOf);
  // JavaScript sorts by UTF-16, COLLATE "C" by UTF-8. The orders differ only for surrogate pairs.
  entries.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return createHash('md5').update(entries.join('\x1e')).digest('hex');
}
