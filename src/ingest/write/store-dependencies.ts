import { sql } from 'drizzle-orm';
import { newId } from '../../kit/index.ts';
import type { Registry } from '../../apps/garden/registry.ts';
import type { Candidates } from '../resolve/candidates.ts';
import { resolveDependency } from '../resolve/resolve-dependency.ts';
import { keyOf, targetOf } from '../resolve/target.ts';
import type { VersionDependency } from './changed-dependencies.ts';
import { jsonChunks, type Statements } from './statement.ts';

interface Owner {
  readonly registry: Registry;
  readonly packageId: string;
  readonly now: string;
}

/** Writes the dependencies that are new, resolved as well as the garden can today. */
export async function storeDependencies(
  tx: Statements,
  added: readonly VersionDependency[],
  owner: Owner,
  candidates: ReadonlyMap<string, Candidates>,
): Promise<void> {
  // In pieces, so that the rows of the largest packages never stand in memory all at once.
  for (let at = 0; at < added.length; at += 5_000) {
    const rows = added.slice(at, at + 5_000).map((one) => rowOf(one, owner.registry, candidates));
    await insertRows(tx, rows, owner);
  }
}

/** Takes out the dependencies that are no longer true. */
export async function removeDependencies(tx: Statements, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(
    sql`delete from package_dependencies where id in
          (select json_array_elements_text(${JSON.stringify(ids)}::text::json)::uuid)`,
  );
}

function rowOf(
  { versionId, name, range, type }: VersionDependency,
  registry: Registry,
  candidates: ReadonlyMap<string, Candidates>,
): object {
  const found = candidates.get(keyOf(targetOf(registry, name)));
  const resolved = resolveDependency({ registry, name, range }, found);
  return {
    id: newId(),
    v: versionId,
    n: name,
    p: resolved.packageId,
    r: range,
    rv: resolved.version,
    rid: resolved.versionId,
    how: resolved.resolution,
    t: type,
  };
}

async function insertRows(
  tx: Statements,
  rows: readonly object[],
  { packageId, now }: Owner,
): Promise<void> {
  for (const json of jsonChunks(rows)) {
    await tx.execute(
      sql`insert into package_dependencies
            (id, package_id, version_id, dependency_name, dependency_package_id, dependency_version_range,
             resolved_version, resolved_version_id, resolution, dependency_type, created_at)
          select id, ${packageId}::uuid, v, n, p, r, rv, rid, how, t, ${now}::timestamptz
          from json_to_recordset(${json}::text::json)
            as row(id uuid, v uuid, n text, p uuid, r text, rv text, rid uuid, how text, t text)`,
    );
  }
}
