import { sql } from 'drizzle-orm';
import { newId } from '../../kit/index.ts';
import type { Registry } from '../../apps/garden/registry.ts';
import type { FetchedDependency } from '../registry/registry-adapter.ts';
import type { Candidates } from '../resolve/candidates.ts';
import { resolveDependency } from '../resolve/resolve-dependency.ts';
import { keyOf, targetOf } from '../resolve/target.ts';
import type { VersionDependencies } from './changed-dependencies.ts';
import type { Statements } from './statement.ts';

interface Owner {
  readonly registry: Registry;
  readonly packageId: string;
  readonly now: string;
}

/** The rows of a statement. Large enough that its own cost is nothing, small enough for memory. */
const CHUNK = 5_000;

/** Writes dependencies that are new, resolved as well as the garden can today. */
export async function storeDependencies(
  tx: Statements,
  added: readonly VersionDependencies[],
  owner: Owner,
  candidates: ReadonlyMap<string, Candidates>,
): Promise<void> {
  let batch = new Batch(owner.registry, candidates);
  for (const { versionId, dependencies } of added) {
    for (const one of dependencies) batch.add(versionId, one);
    if (batch.size < CHUNK) continue;
    await insertBatch(tx, batch, owner);
    batch = new Batch(owner.registry, candidates);
  }
  if (batch.size > 0) await insertBatch(tx, batch, owner);
}

/** Takes out the dependencies that are no longer true. */
export async function removeDependencies(tx: Statements, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(
    sql`delete from package_dependencies where id in
          (select json_array_elements_text(${JSON.stringify(ids)}::text::json)::uuid)`,
  );
}

/**
 * Rows that are about to be written. What versions need repeats from one to the next,
 * so it is sent once, and a row names it by number.
 */
class Batch {
  readonly needs: object[] = [];
  readonly rows: object[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #registry: Registry;
  readonly #candidates: ReadonlyMap<string, Candidates>;

  constructor(registry: Registry, candidates: ReadonlyMap<string, Candidates>) {
    this.#registry = registry;
    this.#candidates = candidates;
  }

  get size(): number {
    return this.rows.length;
  }

  add(versionId: string, dependency: FetchedDependency): void {
    this.rows.push({ id: newId(), v: versionId, k: this.#number(dependency) });
  }

  #number({ name, range, type }: FetchedDependency): number {
    const key = `${type} ${name} ${range}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const registry = this.#registry;
    const found = this.#candidates.get(keyOf(targetOf(registry, name)));
    const { packageId, version, versionId, resolution } = resolveDependency(
      { registry, name, range },
      found,
    );
    const number = this.needs.length;
    this.needs.push({
      k: number,
      n: name,
      p: packageId,
      r: range,
      rv: version,
      rid: versionId,
      how: resolution,
      t: type,
    });
    this.#numbers.set(key, number);
    return number;
  }
}

async function insertBatch(tx: Statements, batch: Batch, { packageId, now }: Owner): Promise<void> {
  const { rows, needs } = batch;
  await tx.execute(
    sql`insert into package_dependencies
          (id, package_id, version_id, dependency_name, dependency_package_id, dependency_version_range,
           resolved_version, resolved_version_id, resolution, dependency_type, created_at)
        select row.id, ${packageId}::uuid, v, n, p, r, rv, rid, how, t, ${now}::timestamptz
        from json_to_recordset(${JSON.stringify(rows)}::text::json) as row(id uuid, v uuid, k int)
        join json_to_recordset(${JSON.stringify(needs)}::text::json)
            as need(k int, n text, p uuid, r text, rv text, rid uuid, how text, t text)
          on need.k = row.k`,
  );
}
