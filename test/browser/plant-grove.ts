import type postgres from 'postgres';
import { newId } from '../../src/kit/id.ts';

/** Rows that the scenarios need, in addition to those of the first seed. */
export const grove = {
  /** Name prefix of packages that fill more than one page of the list. */
  prefix: 'grove-',
  count: 120,
  /** A package with many dependencies and dependents: its graph has at least four levels. */
  hub: 'grove-hub',
  /** A package that another user has requested already, so a second request is refused. */
  waiting: 'grove-waited-for',
  /** A package that already has its tag. */
  tagged: 'grove-100',
  tags: ['evergreen', 'fern', 'moss'],
} as const;

/** Inserts the rows of the scenarios into a newly seeded garden. */
export async function plantGrove(sql: postgres.Sql): Promise<void> {
  const now = new Date();
  const stamps = { created_at: now, updated_at: now };
  const keeper = { id: newId(), name: 'The keeper of the grove', avatar_url: null, ...stamps };
  const tags = grove.tags.map((name) => ({
    id: newId(),
    name,
    slug: name,
    color: '#2f7d4f',
    ...stamps,
  }));
  const names = [
    grove.hub,
    ...Array.from(
      { length: grove.count },
      (_, at) => `${grove.prefix}${String(at).padStart(3, '0')}`,
    ),
  ];
  const packages = names.map((name) => ({
    id: newId(),
    name,
    registry: 'jsr',
    description: `A test package, ${name}, for the search and the lists.`,
    homepage: 'https://example.org/',
    ...stamps,
  }));
  const versions = packages.map(({ id }) => ({
    id: newId(),
    package_id: id,
    version: '1.0.0',
    sort_key: '1.0.0',
    is_prerelease: false,
    published_at: now,
    created_at: now,
  }));
  const hub = { package: packages[0], version: versions[0] };
  const extra = [
    ['2.0.0-beta.1', true, null],
    ['0.9.0', false, now],
  ] as const;
  const more = extra.map(([version, is_prerelease, yanked_at]) => ({
    id: newId(),
    package_id: hub.package?.id ?? '',
    version,
    sort_key: version,
    is_prerelease,
    yanked_at,
    published_at: now,
    created_at: now,
  }));
  const dependencies = edges().map(([from, to, dependency_type]) => ({
    id: newId(),
    package_id: packages[from]?.id ?? '',
    version_id: versions[from]?.id ?? '',
    dependency_name: names[to] ?? '',
    dependency_package_id: packages[to]?.id ?? '',
    dependency_version_range: '^1.0.0',
    resolved_version: '1.0.0',
    resolved_version_id: versions[to]?.id ?? '',
    resolution: 'registry',
    dependency_type,
    created_at: now,
  }));
  const assignment = {
    id: newId(),
    package_id: packages[names.indexOf(grove.tagged)]?.id ?? '',
    tag_id: tags[grove.tags.indexOf('moss')]?.id ?? '',
    created_by: keeper.id,
    created_at: now,
  };
  const request = {
    id: newId(),
    package_name: grove.waiting,
    registry: 'npm',
    requested_by: keeper.id,
    is_auto_queued: false,
    depth: 0,
    priority: 50,
    status: 'pending',
    attempt_count: 0,
    run_at: now,
    ...stamps,
  };
  await sql.begin(async (tx) => {
    await tx`insert into account ${tx(keeper)}`;
    await tx`insert into tags ${tx(tags)}`;
    await tx`insert into packages ${tx(packages)}`;
    await tx`insert into package_versions ${tx(versions)}`;
    await tx`insert into package_versions ${tx(more)}`;
    await tx`insert into package_dependencies ${tx(dependencies)}`;
    await tx`insert into package_tags ${tx(assignment)}`;
    await tx`insert into package_requests ${tx(request)}`;
  });
}

/** Dependencies as indexes into the list of packages, the hub first. */
function edges(): readonly (readonly [number, number, string])[] {
  const needed = [1, 2, 3, 4, 5, 6, 7].map((to) => [0, to, to === 7 ? 'peer' : 'runtime'] as const);
  const further = [1, 2, 3, 4].flatMap((from) =>
    [0, 1].map((next) => [from, 8 + ((from + next) % 5), 'runtime'] as const),
  );
  const third = [8, 9, 10].map((from) => [from, from + 6, 'runtime'] as const);
  const users = [20, 21, 22].map((from) => [from, 0, 'runtime'] as const);
  return [...needed, ...further, ...third, ...users, [0, 30, 'dev']];
}
