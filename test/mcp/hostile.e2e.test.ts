import type { Sql } from 'postgres';
import { MCP_ROLE } from '../../src/apps/mcp/role.ts';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import { mutators, queries, schema } from '../../src/apps/mcp/zero/index.ts';
import { rules } from '../../src/apps/mcp/zero/zero-rules.gen.ts';
import { newId } from '../../src/kit/index.ts';
import type { HostileCall, Planted } from '../hostile/hostile-app.ts';
import { testHostileClients } from '../hostile/test-hostile-clients.ts';

const VISIBILITIES = ['private', 'unlisted', 'shared', 'public'] as const;
/** In the column `words`, which is not in the publication. */
const SECRET_WORD = 'wordsofthevector';

testHostileClients({
  name: 'mcp',
  migrations: mcpMigrations,
  schema,
  queries,
  mutators,
  rules,
  role: MCP_ROLE,
  publication: 'mcp_zero',
  plant,
  harmless: ['path_matches'],
});

/** Three users with two packages of each visibility, which share, use and depend on each other. */
async function plant(sql: Sql): Promise<Planted> {
  const [ann, ben, eve] = [newId(), newId(), newId()] as const;
  const [tools, parsers] = [newId(), newId()] as const;
  for (const [id, name] of Object.entries({ [ann]: 'Ann', [ben]: 'Ben', [eve]: 'Eve' })) {
    await sql`insert into users values (${id}, ${name}, now(), now())`;
  }
  await sql`insert into categories values (${tools}, null, 'Tools', 'tools', now(), now()),
    (${parsers}, ${tools}, 'Parsers', 'parsers', now(), now())`;
  const packages: { id: string; owner: string; visibility: string }[] = [];
  for (const owner of [ann, ben]) {
    for (const visibility of [...VISIBILITIES, ...VISIBILITIES]) {
      const id = newId();
      await sql`insert into packages (id, user_id, name, description, language, setup_prompt, tags,
          relevant_files_pattern, metadata, visibility, category_id, created_at, updated_at)
        values (${id}, ${owner}, ${`${visibility} ${packages.length} ${SECRET_WORD}ing`}, 'first', 'sql', 'prompt', '{a,b}',
          '{**/*.sql}', '{"level": 1}', ${visibility}, ${parsers}, now(), now())`;
      // Keeps the first state as a version.
      await sql`update packages set description = 'secret parser' where id = ${id}`;
      packages.push({ id, owner, visibility });
    }
  }
  for (const [at, { id, visibility, owner }] of packages.entries()) {
    // Each user shares one of two such packages with the other, and prepares to share others.
    const other = owner === ann ? ben : ann;
    if (visibility !== 'public' && at % 8 < 4) {
      await sql`insert into package_shares values (${newId()}, ${id}, ${other}, now())`;
    }
    await sql`insert into package_usage values (${newId()}, ${id}, ${1 + at}, now())`;
    for (const step of [1, 2, 5, 11]) {
      const target = packages[at + step];
      if (target === undefined) continue;
      await sql`insert into package_dependencies values (${newId()}, ${id}, ${target.id}, now())`;
    }
  }
  return {
    principals: {
      anonymous: {},
      ann: { sub: ann },
      ben: { sub: ben },
      eve: { sub: eve },
      admin: { sub: eve, roles: ['admin'] },
      forged: { sub: `${ann}' or true --`, roles: 'admin' },
    },
    queries: [
      queries.packages.mine({}),
      queries.packages.public({}),
      queries.packages.shared({}),
      queries.packages.inCategory({ categoryId: parsers }),
      ...packages.map(({ id }) => queries.packages.one({ id })),
      queries.categories.all(),
    ],
    calls: callsOf(packages, parsers),
    secrets: [`'${SECRET_WORD}'`],
  };
}

/** Every function of the app, aimed at all packages. */
function callsOf(
  packages: readonly { readonly id: string; readonly owner: string; readonly visibility: string }[],
  category: string,
): readonly HostileCall[] {
  const visibilityOf = new Map(packages.map(({ id, visibility }) => [id, visibility]));
  const ownerOf = new Map(packages.map(({ id, owner }) => [id, owner]));
  const ids = `(values ${packages.map(({ id }) => `('${id}'::uuid)`).join()}) given (id)`;
  const opens: HostileCall['allows'] = (id, readable) =>
    readable !== undefined || visibilityOf.get(id) === 'unlisted';
  const searches = [
    `words => 'secret'`,
    `in_language => 'sql'`,
    `any_tags => '{a,c}'`,
    `all_tags => '{a,b}'`,
    `for_path => 'x/y.sql'`,
    `has_metadata => '{"level": 1}'`,
    `metadata_path => '{level}', metadata_value => '1'`,
    `in_category => '${category}'`,
    `words => 'par', any_tags => '{b}', in_language => 'sql'`,
    `page_offset => 1`,
    `after_rank => 0, after_updated_at => now() + interval '1 day', after_id => 'ffffffff-ffff-ffff-ffff-ffffffffffff'`,
  ];
  return [
    ...searches.flatMap((search) => [
      {
        name: 'search_packages',
        query: `select id from search_packages(${search}, scope => 'all', page_size => 100)`,
        table: 'packages',
      },
      {
        name: 'search_packages',
        query: `select id from search_packages(${search}, page_size => 100)`,
        table: 'packages',
        allows: (id: string, _: unknown, claims: Readonly<Record<string, unknown>>) =>
          ownerOf.get(id) === claims['sub'],
      },
    ]),
    {
      name: 'open_package',
      query: `select opened.id from ${ids} cross join lateral open_package(given.id) opened`,
      table: 'packages',
      allows: opens,
    },
    {
      name: 'record_package_use',
      query: `select id from ${ids} where record_package_use(id) is not null`,
      table: 'packages',
      allows: opens,
    },
    {
      name: 'restore_package_version',
      query: `select id from ${ids} where restore_package_version(id, 1)`,
      table: 'packages',
      allows: (id, _, claims) => ownerOf.get(id) === claims['sub'],
    },
  ];
}
