import { sql } from 'drizzle-orm';
import type { Registry } from '../../apps/garden/registry.ts';
import type { Candidates } from '../resolve/candidates.ts';
import { resolveDependency } from '../resolve/resolve-dependency.ts';
import { namesOf, type Target } from '../resolve/target.ts';
import { rowsOf, type Statements } from './statement.ts';

/**
 * Resolves the dependencies that wait for a package: those that came before it, and
 * those that none of its versions met. One statement changes all of them.
 */
export async function linkWaiting(
  tx: Statements,
  target: Target,
  candidates: Candidates,
): Promise<number> {
  const meant = namesOf(target);
  // Names as values and not as rows: the planner then goes by the index, however little
  // it knows of a table that is just being filled.
  const names = sql.join(
    meant.map(({ name }) => sql`${name}`),
    sql`, `,
  );
  const waits = sql`d.dependency_name in (${names}) and d.resolved_version_id is null
    and d.resolution in ('registry', 'alias', 'unresolved')`;
  const registryOf = sql`(select p.registry from packages p where p.id = d.package_id)`;
  const waiting = await rowsOf<{ registry: Registry; name: string; range: string }>(
    tx,
    sql`select distinct ${registryOf} as registry, d.dependency_name as name,
          d.dependency_version_range as range
        from package_dependencies d where ${waits}`,
  );
  const answers = waiting
    .filter((one) =>
      meant.some(({ registry, name }) => one.registry === registry && one.name === name),
    )
    .map((one) => {
      const { version, versionId, packageId, resolution } = resolveDependency(one, candidates);
      return { ...one, p: packageId, rv: version, rid: versionId, how: resolution };
    });
  if (answers.length === 0) return 0;
  const linked = await rowsOf<{ count: number }>(
    tx,
    sql`with linked as (
          update package_dependencies d set
            dependency_package_id = a.p, resolved_version = a.rv, resolved_version_id = a.rid, resolution = a.how
          from json_to_recordset(${JSON.stringify(answers)}::text::json)
              as a(registry text, name text, range text, p uuid, rv text, rid uuid, how text)
          where ${waits} and d.dependency_name = a.name and d.dependency_version_range = a.range
            and a.registry = ${registryOf}
            and (d.dependency_package_id, d.resolved_version, d.resolved_version_id, d.resolution)
              is distinct from (a.p, a.rv, a.rid, a.how)
          returning 1)
        select count(*)::int as count from linked`,
  );
  return linked[0]?.count ?? 0;
}
