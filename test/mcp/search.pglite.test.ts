import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MCP_ROLE } from '../../src/apps/mcp/role.ts';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import {
  searchPackages,
  type FoundPackage,
  type PackageSearch,
} from '../../src/apps/mcp/server/index.ts';
import { asPrincipal } from '../../src/server.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { plantPackages, userId } from './plant-packages.ts';

let database: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  database = await testDatabase({ folder: mcpMigrations });
  await plantPackages(database.client);
});
afterAll(() => database[Symbol.asyncDispose]());

const signedIn = <T>(
  user: number | undefined,
  run: (db: PgliteDatabase) => Promise<T>,
): Promise<T> =>
  asPrincipal(
    drizzle(database.client),
    { role: MCP_ROLE, claims: user === undefined ? {} : { sub: userId(user) } },
    (tx) => run(tx as unknown as PgliteDatabase),
  );

/** The same search by hand, under row-level security, without the function and its indexes. */
function byHand(search: PackageSearch, user: number | undefined): string {
  const { words, language, anyTags, allTags, path, metadata, metadataAt, categoryId, scope } =
    search;
  const array = (items: readonly string[]): string => `array['${items.join("', '")}']::text[]`;
  const conditions = [
    scope === 'all' ? 'true' : `p.user_id = '${userId(user ?? 0)}'`,
    ...(words === undefined
      ? []
      : words
          .split(' ')
          .map(
            (word) =>
              `to_tsvector('english', p.name || ' ' || p.description) @@ to_tsquery('english', '${word}:*')`,
          )),
    ...(language === undefined ? [] : [`p.language = '${language}'`]),
    ...(anyTags ? [`exists (select from unnest(p.tags) t where t = any (${array(anyTags)}))`] : []),
    ...(allTags ?? []).map((tag) => `'${tag}' = any (p.tags)`),
    ...(path === undefined
      ? []
      : [
          `exists (select from unnest(p.relevant_files_pattern) one where public.path_matches(one, '${path}'))`,
        ]),
    ...(metadata ? [`p.metadata @> '${JSON.stringify(metadata)}'`] : []),
    ...(metadataAt
      ? [`p.metadata #> ${array(metadataAt.path)} = '${JSON.stringify(metadataAt.value)}'`]
      : []),
    ...(categoryId === undefined
      ? []
      : [
          `p.category_id in (with recursive b (id) as (select '${categoryId}'::uuid union select c.id from categories c join b on c.parent_id = b.id) select id from b)`,
        ]),
  ];
  return `select p.id from packages p where ${conditions.join(' and ')}`;
}

const SEARCHES: readonly PackageSearch[] = [
  {},
  { words: 'pars' },
  { words: 'database stor', anyTags: ['t1', 't2'] },
  { language: 'python' },
  { anyTags: ['t3', 'none'] },
  { allTags: ['t3', 't5'] },
  { path: 'src/a/b.ts' },
  { path: 'migrations/1.sql', language: 'sql' },
  { metadata: { editor: { tabs: 1 } } },
  { metadata: { list: [1] }, allTags: ['t1'] },
  { metadataAt: { path: ['editor', 'tabs'], value: 2 } },
  { metadataAt: { path: ['list'], value: [1, 1] } },
  { categoryId: '00000000-0000-4000-9000-000000000002' },
];

describe('a search returns what its principal may read, and nothing else', () => {
  test.each(SEARCHES.flatMap((search) => [{ ...search }, { ...search, scope: 'all' as const }]))(
    '%j',
    async (search) => {
      for (const user of [1, undefined]) {
        const expected = await signedIn(user, async (tx) => {
          const { rows } = await tx.execute<{ id: string }>(byHand(search, user));
          return rows.map(({ id }) => id);
        });
        const found = await allPages(search, user);
        expect(found.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
        expect(new Set(expected).size).toBe(found.length);
        if (user !== undefined && search.scope === 'all') expect(found.length).toBeGreaterThan(0);
      }
    },
  );
});

/** All results, page by page. Each page is compared with the page at its offset. */
async function allPages(
  search: PackageSearch,
  user: number | undefined,
): Promise<readonly FoundPackage[]> {
  const found: FoundPackage[] = [];
  return signedIn(user, async (db) => {
    for (;;) {
      const after = found.at(-1);
      const page = await searchPackages(db, { ...search, pageSize: 100, ...(after && { after }) });
      if (found.length < 300) {
        const same = await searchPackages(db, { ...search, pageSize: 100, offset: found.length });
        expect(page).toEqual(same);
      }
      found.push(...page);
      if (page.length < 100) return found;
    }
  });
}

test('a request without a principal finds public packages only', async () => {
  const all = await signedIn(undefined, (db) =>
    searchPackages(db, { scope: 'all', pageSize: 100 }),
  );
  expect(all.length).toBe(100);
  expect(await signedIn(undefined, (db) => searchPackages(db, {}))).toEqual([]);
});

test('an unlisted package is in no search of others', async () => {
  const rows = await allPages({ scope: 'all' }, 1);
  const others = rows.filter((row) => row.userId !== userId(1)).map(({ id }) => id);
  const unlisted = await database.client.query(
    `select from packages where visibility in ('private', 'unlisted') and id = any ($1)`,
    [others],
  );
  expect(unlisted.rows).toEqual([]);
  expect(others.length).toBeGreaterThan(50);
});

describe('unusual input finds nothing', () => {
  test.each([
    [{ words: '   !!' }],
    [{ words: `'); drop table packages; --` }],
    [{ words: `a:* | !b & (` }],
    [{ anyTags: ['"', '\\', '{', 'a,b', "'"] }],
    [{ path: 'a'.repeat(4_096) }],
    [{ path: '[' }],
  ] satisfies readonly (readonly [PackageSearch])[])('%j', async (search) => {
    expect(await signedIn(1, (db) => searchPackages(db, search))).toEqual([]);
  });
});

test.each([
  ['src/**/*.ts', ['src/a.ts', 'src/a/b/c.ts'], ['a.ts', 'src/a.tsx', 'src/ats']],
  ['*.{ts,{js,mjs}}', ['a.ts', 'a.js', 'a.mjs'], ['a.{js}', 'b/a.ts', 'a.cjs']],
  ['{src,test}/**', ['src/a', 'test/a/b'], ['lib/a', 'src']],
  ['**/[ab]?.sql', ['a1.sql', 'x/y/b2.sql'], ['c1.sql', 'a.sql', 'a/.sql']],
  ['[!a]*', ['b', 'bc'], ['a', 'ab', 'b/c']],
  ['100%_(a+b).md', ['100%_(a+b).md'], ['100x_(a+b).md', '100%_(aab).md']],
  ['[', [], ['[', 'a']],
])('%s matches %j and not %j', async (pattern, matched, others) => {
  const matches = async (path: string): Promise<boolean> => {
    const { rows } = await database.client.query<{ matches: boolean }>(
      'select path_matches($1, $2) as matches',
      [pattern, path],
    );
    return rows[0]?.matches === true;
  };
  for (const path of matched) expect([path, await matches(path)]).toEqual([path, true]);
  for (const path of others) expect([path, await matches(path)]).toEqual([path, false]);
});
