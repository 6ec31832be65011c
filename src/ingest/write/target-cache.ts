import { sql } from 'drizzle-orm';
import { Candidates, type Candidate } from '../resolve/candidates.ts';
import { keyOf, type Target } from '../resolve/target.ts';
import { rowsOf, type Statements } from './statement.ts';

interface Kept {
  readonly stamp: string;
  readonly candidates: Candidates;
}

/** What a transaction saw of the packages that it resolved against. */
export interface SeenTargets {
  readonly candidates: ReadonlyMap<string, Candidates>;
  /** Tells whether a package has been written since. */
  readonly stamps: ReadonlyMap<string, string>;
}

/**
 * The versions of packages that others depend on. The same few are asked for again
 * and again, so they are kept from one transaction to the next, as long as the
 * package's row is the one that was read.
 */
export class TargetCache {
  readonly #kept = new Map<string, Kept>();
  readonly #most: number;
  #versions = 0;

  /** @param most how many versions are kept, all packages together: about 300 bytes each. */
  constructor(most = 100_000) {
    this.#most = most;
  }

  /** Never for a package that this transaction has written: nobody else may see it yet. */
  async see(tx: Statements, targets: readonly Target[]): Promise<SeenTargets> {
    const stamps = await readStamps(tx, targets);
    const candidates = new Map<string, Candidates>();
    const unknown: (Target & Stamp)[] = [];
    for (const one of stamps) {
      const key = keyOf(one);
      const kept = this.#kept.get(key);
      if (kept?.stamp === one.stamp) {
        // What was used last is forgotten last.
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
    return { candidates, stamps: new Map(stamps.map((one) => [keyOf(one), one.stamp])) };
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

interface Stamp {
  readonly id: string;
  /** The transaction that last wrote the row; each fetch writes it. */
  readonly stamp: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The packages among the targets that the garden has. */
export async function readStamps(
  tx: Statements,
  targets: readonly Target[],
): Promise<readonly (Target & Stamp)[]> {
  if (targets.length === 0) return [];
  const rows = await rowsOf<Target & { id: string; stamp: string; tags: string }>(
    tx,
    sql`select p.registry, p.name, p.id, p.xmin::text as stamp, coalesce(p.dist_tags, '{}')::text as tags
        from json_to_recordset(${JSON.stringify(targets)}::text::json) as t(registry text, name text)
        join packages p on p.name = t.name and p.registry = t.registry`,
  );
  return rows.map((row) => ({ ...row, tags: JSON.parse(row.tags) as Record<string, string> }));
}

async function readCandidates(
  tx: Statements,
  targets: readonly (Target & Stamp)[],
): Promise<readonly (readonly [Target & Stamp, Candidates])[]> {
  if (targets.length === 0) return [];
  const rows = await rowsOf<Candidate & { package: string }>(
    tx,
    sql`select package_id as package, id, version, sort_key as "sortKey", yanked_at is not null as yanked
        from package_versions
        where package_id = any (${`{${targets.map(({ id }) => id).join()}}`}::text::uuid[])`,
  );
  const versions = new Map<string, Candidate[]>();
  for (const { package: packageId, ...one } of rows) {
    const list = versions.get(packageId);
    if (list === undefined) versions.set(packageId, [one]);
    else list.push(one);
  }
  return targets.map((target) => {
    const { registry, name, id, tags } = target;
    return [
      target,
      new Candidates({ registry, name, packageId: id }, versions.get(id) ?? [], tags),
    ];
  });
}
