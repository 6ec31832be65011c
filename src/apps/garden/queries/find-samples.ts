import { sql } from 'drizzle-orm';
import { rowsOf } from '../../../postgres/rows-of.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import type { Registry } from '../tables/registry.ts';
import { FIRST_ID } from './page-size.ts';

/** Sample values for the queries. */
export interface Samples {
  /** A package with dependents, versions and dependencies. */
  readonly package: { readonly id: string; readonly name: string; readonly registry: Registry };
  /** Another package with a dependency of the same package as `typical`. */
  readonly other: string;
  /** A package with an average number of dependencies and dependents. */
  readonly typical: string;
  readonly version: { readonly id: string; readonly version: string };
  /** The tags of one package, rarest first. */
  readonly tags: readonly string[];
  readonly account: string;
  readonly root: string;
  /** A package with a pending request. */
  readonly active: { readonly name: string; readonly registry: Registry };
}

/** Selects rows for which the queries return results. */
export async function findSamples(db: AnyDatabase): Promise<Samples | undefined> {
  // The most frequent target in a sample of dependencies: the worst case for its queries.
  const hubs = sql`(select d.dependency_package_id as id from (
      select dependency_package_id from package_dependencies
      where dependency_package_id is not null limit 5000
    ) as d join packages p on p.id = d.dependency_package_id and p.deleted_at is null
    group by 1 order by count(*) desc limit 1)`;
  const first = async (query: ReturnType<typeof sql>): Promise<Record<string, string>> => {
    const [row] = await rowsOf<Record<string, string>>(db, query);
    return row ?? {};
  };
  const hub = await first(
    sql`select p.id, p.name, p.registry from packages p where p.id = ${hubs}`,
  );
  const version = await first(
    sql`select d.resolved_version_id as id, d.resolved_version as version
      from package_dependencies d where d.dependency_package_id = ${hub['id'] ?? null}
        and d.resolved_version_id is not null limit 1`,
  );
  const typical = await first(
    sql`select d.package_id as id from (
        select id from packages where deleted_at is null order by id desc limit 200
      ) as p join package_dependencies d on d.package_id = p.id
      where d.resolved_version_id is not null and d.dependency_type = 'runtime'
      group by 1 having count(distinct d.dependency_package_id) > 2 order by 1 limit 1`,
  );
  const twin = await first(
    sql`select d.package_id as id from package_dependencies d
      where d.dependency_package_id = (
        select dependency_package_id from package_dependencies
        where package_id = ${typical['id'] ?? null} and dependency_package_id is not null limit 1
      ) and d.package_id <> ${typical['id'] ?? null} limit 1`,
  );
  const tags = await first(
    sql`select string_agg(id::text, ',') as ids from (
      select tag_id as id from package_tags where package_id = (
        select package_id from package_tags group by package_id having count(*) > 1
        order by package_id limit 1
      ) order by (select count(*) from package_tags other where other.tag_id = package_tags.tag_id)
    ) as one`,
  );
  const account = await first(
    sql`select requested_by as id from (
        select requested_by from package_requests where requested_by is not null limit 5000
      ) as one group by 1 order by count(*) desc limit 1`,
  );
  const root = await first(
    sql`select root_request_id as id from package_requests where root_request_id is not null limit 1`,
  );
  const active = await first(
    sql`select package_name as name, registry from package_requests where status = 'pending' limit 1`,
  );
  if (hub['id'] === undefined || version['id'] === undefined) return undefined;
  return {
    package: { id: hub['id'], ...named(hub) },
    other: twin['id'] ?? FIRST_ID,
    typical: typical['id'] ?? FIRST_ID,
    version: { id: version['id'], version: version['version'] ?? '' },
    tags: tags['ids']?.split(',') ?? [],
    account: account['id'] ?? FIRST_ID,
    root: root['id'] ?? FIRST_ID,
    active: named(active),
  };
}

/** If nothing is found, the name is empty, which matches no package. */
const named = ({
  name = '',
  registry = 'npm',
}: Readonly<Record<string, string>>): Samples['active'] => ({
  name,
  registry: registry as Registry,
});
