import type { PGlite } from '@electric-sql/pglite';

/** Numbers of rows that `load-garden.ts` inserts; query plans depend on them. */
export const loaded = {
  account: 1_000,
  packages: 3_000,
  package_versions: 9_000,
  package_dependencies: 20_000,
  package_requests: 5_000,
  tags: 2_000,
  package_tags: 6_000,
} as const;

/** The id of the nth row of a table, as the SQL below generates it. */
export const idOf = (table: string, n: number | string): string => `md5('${table}' || ${n})::uuid`;

const start = `timestamptz '2026-01-01'`;
const stamps = `${start} + i * interval '1 minute'`;

// Skewed like a registry: a few packages have most versions and most dependents.
const skewed = 'i % (case when i % 3 = 0 then 20 else 900 end) + 1';

const statements: Readonly<Record<keyof typeof loaded, string>> = {
  account: `insert into account (id, name, created_at, updated_at)
    select ${idOf('account', 'i')}, 'person-' || i, ${stamps}, ${stamps}`,
  packages: `insert into packages (id, name, registry, description, last_fetch_attempt,
      deleted_at, deleted_by, created_at, updated_at)
    select ${idOf('packages', 'i')},
      (array['react', 'vue', 'lodash', 'postgres', 'left-pad', 'types'])[i % 6 + 1] || '-' || i,
      (array['npm', 'npm', 'npm', 'jsr', 'brew', 'apt'])[i % 6 + 1], repeat('text ', 20),
      case when i % 20 > 0 then ${stamps} end,
      case when i % 50 = 0 then ${stamps} end,
      case when i % 50 = 0 then ${idOf('account', 'i % 300 + 1')} end, ${stamps}, ${stamps}`,
  package_versions: `insert into package_versions (id, package_id, version, sort_key,
      is_prerelease, published_at, created_at)
    select ${idOf('package_versions', 'i')}, ${idOf('packages', 'i % (case when i % 3 = 0 then 60 else 3000 end) + 1')},
      '1.' || i || '.0', 'A1' || chr(64 + length(i::text)) || i || 'A0~', i % 10 = 1,
      case when i % 4 > 0 then ${stamps} end, ${stamps}`,
  package_dependencies: `insert into package_dependencies (id, package_id, version_id,
      dependency_name, dependency_package_id, dependency_version_range, resolved_version,
      resolved_version_id, resolution, dependency_type, created_at)
    select ${idOf('package_dependencies', 'i')}, ${idOf('packages', 'i % 3000 + 1')},
      ${idOf('package_versions', 'i % 9000 + 1')}, 'lib-' || (${skewed}),
      case when i % 5 > 0 then ${idOf('packages', skewed)} end, '^1.0.0',
      '1.' || i % 40 || '.0',
      case when i % 5 > 0 then ${idOf('package_versions', 'i % 4000 + 1')} end, 'registry',
      (array['runtime', 'runtime', 'dev', 'peer'])[i % 4 + 1], ${stamps}`,
  package_requests: `insert into package_requests (id, package_name, registry, requested_by,
      source_request_id, root_request_id, is_auto_queued, depth, priority, status, package_id,
      attempt_count, run_at, locked_until, created_at, updated_at)
    select ${idOf('package_requests', 'i')}, 'wanted-' || i, 'npm',
      case when i % 5 = 0 then ${idOf('account', 'i % 40 + 1')} end,
      case when i % 5 > 0 then ${idOf('package_requests', 'i / 10 + 1')} end,
      ${idOf('package_requests', 'i / 25 * 5 + 5')}, i % 5 > 0, 0, i % 101,
      case when i % 25 = 0 then 'pending' when i % 1000 = 1 then 'fetching'
        when i % 40 = 2 then 'failed' else 'completed' end,
      case when i % 4 = 0 then ${idOf('packages', 'i % 3000 + 1')} end, 1, ${stamps},
      case when i % 1000 = 1 then ${stamps} end, ${stamps}, ${stamps}`,
  tags: `insert into tags (id, name, slug, description, deleted_at, deleted_by, created_at, updated_at)
    select ${idOf('tags', 'i')}, 'Tag ' || i, 'tag-' || i, repeat('text ', 20),
      case when i % 40 = 0 then ${stamps} end,
      case when i % 40 = 0 then ${idOf('account', 'i % 300 + 1')} end, ${stamps}, ${stamps}`,
  package_tags: `insert into package_tags (id, package_id, tag_id, created_by, created_at)
    select ${idOf('package_tags', 'i')}, ${idOf('packages', 'i % 3000 + 1')},
      ${idOf('tags', 'i % 1999 + 1')}, ${idOf('account', 'i % 300 + 1')}, ${stamps}`,
};

/** Fills the tables with enough rows for the planner to prefer indexes. */
export async function loadGarden(client: Pick<PGlite, 'exec'>): Promise<void> {
  // 'replica' skips the foreign keys' triggers, which would take most of the time.
  await client.exec('set session_replication_role = replica');
  for (const [table, insert] of Object.entries(statements)) {
    const count = loaded[table as keyof typeof loaded];
    await client.exec(`${insert} from generate_series(1, ${count}) as i; analyze ${table}`);
  }
  await client.exec('reset session_replication_role');
}
