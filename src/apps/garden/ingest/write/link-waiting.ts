import type { Registry } from '../../tables/registry.ts';
import type { Candidates } from '../resolve/candidates.ts';
import { resolveDependency } from '../resolve/resolve-dependency.ts';
import { namesOf, type Target } from '../resolve/target.ts';
import { arrayOf, prepared, statement, type Statement, type Statements } from './statement.ts';

/** Unresolved rows with the same dependency name and range. */
export interface Waiting {
  readonly registry: Registry;
  readonly name: string;
  readonly range: string;
  /** Row ids, comma-separated. */
  readonly ids: string;
}

/**
 * Selects the dependencies that wait for a package: those stored before it, and those that
 * no version of it satisfied.
 *
 * @param packageId limits the result to dependencies of this package.
 */
export const waitingFor = (target: Target, packageId: string | null = null): Statement =>
  statement`select registry, name, range, string_agg(id::text, ',') as ids
        from (select (select p.registry from packages p where p.id = d.package_id) as registry,
            d.dependency_name as name, d.dependency_version_range as range, d.id
          from package_dependencies d
          where d.dependency_name = any (${arrayOf(namesOf(target).map(({ name }) => name))}::text::text[])
            and d.resolved_version_id is null and d.resolution in ('registry', 'alias', 'unresolved')
            and (${packageId}::text is null or d.package_id = ${packageId}::text::uuid)) as waiting
        group by registry, name, range`;

/**
 * Resolves the rows that wait for a package, in one statement. Returns the number of changed rows.
 */
export async function linkWaiting(
  tx: Statements,
  target: Target,
  candidates: Candidates,
  waiting: readonly Waiting[],
): Promise<number> {
  const meant = namesOf(target);
  const answers = waiting
    .filter((one) =>
      meant.some(({ registry, name }) => one.registry === registry && one.name === name),
    )
    .map((one) => ({ ids: one.ids, ...resolveDependency(one, candidates) }));
  if (answers.length === 0) return 0;
  const column = (name: keyof (typeof answers)[number]): string =>
    arrayOf(answers.map((one) => one[name]));
  const [linked] = await prepared<{ count: number }>(
    tx,
    statement`with linked as (
          update package_dependencies d set
            dependency_package_id = a.p, resolved_version = a.rv, resolved_version_id = a.rid, resolution = a.how
          from (select unnest(string_to_array(ids, ',')::uuid[]) as id, p, rv, rid, how
            from unnest(${column('ids')}::text::text[], ${column('packageId')}::text::uuid[],
              ${column('version')}::text::text[], ${column('versionId')}::text::uuid[],
              ${column('resolution')}::text::text[]) as answers (ids, p, rv, rid, how)) as a
          where d.id = a.id
            and (d.dependency_package_id, d.resolved_version, d.resolved_version_id, d.resolution)
              is distinct from (a.p, a.rv, a.rid, a.how)
          returning 1)
        select count(*)::int as count from linked`,
  );
  return linked?.count ?? 0;
}
