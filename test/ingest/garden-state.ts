import { sql } from 'drizzle-orm';
import { rowsOf } from '../../src/postgres/rows-of.ts';
import type { Statements } from '../../src/apps/garden/ingest/write/statement.ts';

/** All package data of a garden, without ids and times, to compare two gardens. */
export async function gardenState(db: Statements): Promise<readonly string[]> {
  const rows = await rowsOf<{ line: string }>(
    db,
    sql`select concat_ws(' ', 'package', registry, name, description, dist_tags::text) as line from packages
        union all
        select concat_ws(' ', 'version', p.registry, p.name, v.version, v.sort_key, v.is_prerelease, (v.yanked_at is not null)::text)
        from package_versions v join packages p on p.id = v.package_id
        union all
        select concat_ws(' ', 'dependency', p.registry, p.name, v.version, d.dependency_type, d.dependency_name,
          d.dependency_version_range, d.resolution, d.resolved_version, 'on', t.registry, t.name, rv.version)
        from package_dependencies d
        join packages p on p.id = d.package_id join package_versions v on v.id = d.version_id
        left join packages t on t.id = d.dependency_package_id
        left join package_versions rv on rv.id = d.resolved_version_id`,
  );
  return rows.map(({ line }) => line).toSorted();
}
