import type { Sql } from 'postgres';

const PACKAGES = 100_000;
const VERSIONS_EACH = 10;
const DEPENDENCIES_EACH = 3;

/**
 * Creates 100,000 packages, a million versions and three million dependencies in the server. Few
 * packages have most dependents, as in a real registry, and one package in a hundred is deleted.
 */
export async function loadCatalogue(sql: Sql, progress: (text: string) => void): Promise<void> {
  await sql`select setseed(0.5)`;
  progress('accounts, tags and packages');
  await sql`insert into account (id, name, created_at, updated_at)
    select uuidv7(), 'account ' || n, now(), now() from generate_series(1, 1000) as n`;
  await sql`insert into tags (id, name, slug, created_at, updated_at)
    select uuidv7(), 'tag ' || n, 'tag-' || n, now(), now() from generate_series(1, 50) as n`;
  await sql`create unlogged table numbered (n int primary key, id uuid not null, version uuid)`;
  await sql`insert into numbered select n, uuidv7() from generate_series(1, ${PACKAGES}::int) as n`;
  await sql`insert into packages (id, name, registry, description, created_at, updated_at, deleted_at)
    select id, 'package-' || md5(n::text), (array['npm', 'npm', 'npm', 'jsr', 'brew', 'apt'])[1 + n % 6],
      'What package ' || n || ' is for.', now() - n * interval '1 minute', now(),
      case when n % 100 = 0 then now() end
    from numbered`;
  progress('versions');
  await sql`insert into package_versions (id, package_id, version, sort_key, is_prerelease, published_at, created_at)
    select uuidv7(), id, '1.' || v || '.0', 'A1A' || v || 'A0' || case when v % 5 = 0 then '-2rc!' else '~' end,
      v % 5 = 0, now() - (n * 10 + v) * interval '1 minute', now()
    from numbered, generate_series(0, ${VERSIONS_EACH - 1}::int) as v`;
  progress('dependencies');
  await sql`insert into package_dependencies (id, package_id, version_id, dependency_name, dependency_package_id,
      dependency_version_range, resolved_version, resolution, dependency_type, created_at)
    select uuidv7(), one.package_id, one.id, 'package-' || md5(target.n::text), target.id, '^1.0.0', '1.9.0',
      'registry', (array['runtime', 'runtime', 'dev', 'peer'])[1 + (random() * 3)::int], now()
    from (
      select id, package_id, 1 + floor(${PACKAGES}::int * power(random(), 4))::int as n
      from package_versions, generate_series(1, ${DEPENDENCIES_EACH}::int)
    ) as one join numbered as target on target.n = one.n`;
  progress('tag assignments and requests');
  await sql`insert into package_tags (id, package_id, tag_id, created_by, created_at)
    select uuidv7(), numbered.id, tag.id, person.id, now()
    from numbered
    join (select id, row_number() over () as at from tags) as tag on tag.at = 1 + n % 50
    join (select id, row_number() over () as at from account) as person on person.at = 1 + n % 1000`;
  await sql`insert into package_requests (id, package_name, registry, requested_by, is_auto_queued, depth, priority,
      status, attempt_count, run_at, created_at, updated_at)
    select uuidv7(), 'request-' || n, 'npm', person.id, false, 0, 50,
      (array['completed', 'completed', 'failed', 'pending'])[1 + n % 4], 1, now(), now() - n * interval '1 second', now()
    from generate_series(1, 100000) as n
    join (select id, row_number() over () as at from account) as person on person.at = 1 + n % 1000`;
  progress('statistics');
  await sql`vacuum analyze`;
}
