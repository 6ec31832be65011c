import type { DependencyType } from '../../tables/package-dependencies.ts';
import type { Registry } from '../../tables/registry.ts';
import { asksRegistry } from '../resolve/requirement.ts';
import { keyOf, targetOf, type Target } from '../resolve/target.ts';
import { arrayOf, prepared, statement, type Statements } from './statement.ts';

/**
 * The packages that the newest version needs and that are not stored. Older versions may need
 * others, but new installations do not use them.
 */
export async function missingTargets(
  tx: Statements,
  registry: Registry,
  packageId: string,
  types: readonly DependencyType[],
): Promise<readonly Target[]> {
  const rows = await prepared<{ name: string; range: string }>(
    tx,
    statement`select distinct d.dependency_name as name, d.dependency_version_range as range
        from package_dependencies d
        where d.version_id = (
            select v.id from package_versions v
            join packages p on p.id = v.package_id
            where v.package_id = ${packageId}::text::uuid and v.yanked_at is null
            order by v.version = p.dist_tags ->> 'latest' desc nulls last, v.is_prerelease, v.sort_key desc
            limit 1)
          and d.dependency_package_id is null
          and d.dependency_type = any (${arrayOf(types)}::text::text[])
        order by name`,
  );
  const targets = new Map<string, Target>();
  for (const { name, range } of rows) {
    if (!asksRegistry(registry, name, range)) continue;
    const target = targetOf(registry, name);
    targets.set(keyOf(target), target);
  }
  return [...targets.values()];
}
