import { newId } from '../../../../kit/index.ts';
import type { Registry } from '../../tables/registry.ts';
import type { FetchedDependency } from '../registry/registry-adapter.ts';
import type { Candidates } from '../resolve/candidates.ts';
import { resolveDependency } from '../resolve/resolve-dependency.ts';
import { keyOf, targetOf } from '../resolve/target.ts';
import type { RemovedDependency, VersionDependencies } from './changed-dependencies.ts';
import { arrayOf, CHUNK, quoted, statement, type Statement } from './statement.ts';

interface Owner {
  readonly registry: Registry;
  readonly packageId: string;
  readonly now: string;
}

/** Statements that insert new dependencies, resolved against the given candidates. */
export function* storeDependencies(
  added: readonly VersionDependencies[],
  owner: Owner,
  candidates: ReadonlyMap<string, Candidates>,
): Generator<Statement> {
  const resolver = new Resolver(owner.registry, candidates);
  let batch = new Batch();
  for (const { versionId, dependencies } of added) {
    for (const one of dependencies) {
      batch.add(versionId, resolver.resolve(one));
      if (batch.size < CHUNK) continue;
      yield batch.insert(owner);
      batch = new Batch();
    }
  }
  if (batch.size > 0) yield batch.insert(owner);
}

/** Deletes the dependencies that the registry no longer has. */
export const removeDependencies = (rows: readonly RemovedDependency[]): Statement =>
  statement`delete from package_dependencies where id = any (${arrayOf(rows.map(({ id }) => id))}::text::uuid[])`;

/** The columns of a row except its id and version id, each encoded as an array element. */
interface Need {
  readonly name: string;
  readonly range: string;
  readonly type: string;
  readonly packageId: string;
  readonly version: string;
  readonly versionId: string;
  readonly resolution: string;
}

/** Resolves dependencies and caches the results, because versions mostly repeat the same ones. */
class Resolver {
  readonly #needs = new Map<string, Need>();
  readonly #registry: Registry;
  readonly #candidates: ReadonlyMap<string, Candidates>;

  constructor(registry: Registry, candidates: ReadonlyMap<string, Candidates>) {
    this.#registry = registry;
    this.#candidates = candidates;
  }

  resolve({ name, range, type }: FetchedDependency): Need {
    const key = `${type} ${name} ${range}`;
    const known = this.#needs.get(key);
    if (known !== undefined) return known;
    const registry = this.#registry;
    const { packageId, version, versionId, resolution } = resolveDependency(
      { registry, name, range },
      this.#candidates.get(keyOf(targetOf(registry, name))),
    );
    const need: Need = {
      name: quoted(name),
      range: quoted(range),
      type,
      packageId: packageId ?? 'null',
      version: quoted(version),
      versionId: versionId ?? 'null',
      resolution,
    };
    this.#needs.set(key, need);
    return need;
  }
}

/** Rows to insert. */
class Batch {
  readonly #ids: string[] = [];
  readonly #versionIds: string[] = [];
  readonly #needs: Need[] = [];

  get size(): number {
    return this.#ids.length;
  }

  add(versionId: string, need: Need): void {
    this.#ids.push(newId());
    this.#versionIds.push(versionId);
    this.#needs.push(need);
  }

  insert({ packageId, now }: Owner): Statement {
    const column = (name: keyof Need): string => `{${this.#needs.map((one) => one[name]).join()}}`;
    return statement`insert into package_dependencies
          (id, package_id, version_id, dependency_name, dependency_package_id, dependency_version_range,
           resolved_version, resolved_version_id, resolution, dependency_type, created_at)
        select id, ${packageId}::text::uuid, v, n, p, r, rv, rid, how, t, ${now}::text::timestamptz
        from unnest(${`{${this.#ids.join()}}`}::text::uuid[], ${`{${this.#versionIds.join()}}`}::text::uuid[],
          ${column('name')}::text::text[], ${column('packageId')}::text::uuid[],
          ${column('range')}::text::text[], ${column('version')}::text::text[],
          ${column('versionId')}::text::uuid[], ${column('resolution')}::text::text[],
          ${column('type')}::text::text[]) as row (id, v, n, p, r, rv, rid, how, t)`;
  }
}
