import { Candidates } from '../resolve/candidates.ts';
import { keyOf, type Target } from '../resolve/target.ts';
import { arrayOf, prepared, statement, type Statement, type Statements } from './statement.ts';

interface Kept {
  readonly stamp: string;
  readonly candidates: Candidates;
}

/**
 * Caches the versions of packages that others depend on, because the same few packages are needed
 * again and again. An entry is valid across transactions while the stamp of the package row is
 * unchanged.
 */
export class TargetCache {
  readonly #kept = new Map<string, Kept>();
  readonly #most: number;
  #versions = 0;

  /** @param most maximum number of cached versions over all packages, at about 300 bytes each. */
  constructor(most = 100_000) {
    this.#most = most;
  }

  /**
   * Returns the candidates of packages by key. Must not be called for a package that this
   * transaction has written, because other transactions may not see its rows yet.
   */
  async candidatesOf(tx: Statements, targets: readonly Stamp[]): Promise<Map<string, Candidates>> {
    const candidates = new Map<string, Candidates>();
    const unknown: Stamp[] = [];
    for (const one of targets) {
      const key = keyOf(one);
      const kept = this.#kept.get(key);
      if (kept?.stamp === one.stamp) {
        // Least recently used entries are dropped first.
        this.#kept.delete(key);
        this.#kept.set(key, kept);
        candidates.set(key, kept.candidates);
      } else unknown.push(one);
    }
    for (const [one, read] of await readCandidates(tx, unknown)) {
      const key = keyOf(one);
      candidates.set(key, read);
      this.#keep(key, { stamp: one.stamp, candidates: read });
    }
    return candidates;
  }

  #keep(key: string, kept: Kept): void {
    this.#forget(key);
    this.#kept.set(key, kept);
    this.#versions += kept.candidates.size;
    for (const oldest of this.#kept.keys()) {
      if (this.#versions <= this.#most) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const kept = this.#kept.get(key);
    if (kept === undefined) return;
    this.#versions -= kept.candidates.size;
    this.#kept.delete(key);
  }
}

/** A stored package. */
export interface Stamp extends Target {
  readonly id: string;
  /** Id of the transaction that last wrote the row. Each fetch writes it. */
  readonly stamp: string;
}

/** Selects the targets that are stored. */
export function stampsOf(targets: readonly Target[]): Statement {
  const registries = arrayOf(targets.map(({ registry }) => registry));
  const names = arrayOf(targets.map(({ name }) => name));
  return statement`select p.registry, p.name, p.id, p.xmin::text as stamp
        from unnest(${registries}::text::text[], ${names}::text::text[]) as t (registry, name)
        join packages p on p.name = t.name and p.registry = t.registry`;
}

async function readCandidates(
  tx: Statements,
  targets: readonly Stamp[],
): Promise<readonly (readonly [Stamp, Candidates])[]> {
  if (targets.length === 0) return [];
  const ids = arrayOf(targets.map(({ id }) => id));
  const rows = await prepared<{ id: string; tags: string; versions: string | null }>(
    tx,
    statement`select p.id, coalesce(p.dist_tags, '{}')::text as tags,
          (select json_agg(json_build_array(v.id, v.version, v.sort_key, v.yanked_at is not null))::text
            from package_versions v where v.package_id = p.id) as versions
        from packages p where p.id = any (${ids}::text::uuid[])`,
  );
  const read = new Map(rows.map((row) => [row.id, row]));
  return targets.map((target) => {
    const { registry, name, id } = target;
    const row = read.get(id);
    const tags = JSON.parse(row?.tags ?? '{}') as Record<string, string>;
    const versions = JSON.parse(row?.versions ?? '[]') as [string, string, string, boolean][];
    const candidates = versions.map(([versionId, version, sortKey, yanked]) => ({
      id: versionId,
      version,
      sortKey,
      yanked,
    }));
    return [target, new Candidates({ registry, name, packageId: id }, candidates, tags)];
  });
}
