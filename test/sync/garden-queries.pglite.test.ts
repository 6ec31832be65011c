import { asQueryInternals } from '@rocicorp/zero/bindings';
import type { AnyQuery } from '@rocicorp/zero';
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { semverSortKey } from '../../src/apps/garden/index.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { anonymous, queries, schema, type Principal } from '../../src/apps/garden/zero/index.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

let database: TestDatabase<Record<string, never>>;
let run: <Row>(query: AnyQuery) => Promise<Row>;
beforeAll(async () => {
  database = await testDatabase({ folder: gardenMigrations });
  const zero = zeroDrizzle(schema, drizzle(database.client));
  run = (query) => zero.run(query as never) as never;
  await plant();
});
afterAll(() => database[Symbol.asyncDispose]());

const [ann, ben] = [newId(), newId()];
const ids = new Map<string, string>();
const idOf = (name: string): string => {
  const id = ids.get(name) ?? newId();
  ids.set(name, id);
  return id;
};
const PACKAGES = ['React', 'react', 'react-dom', 'Redux', 'r%d', 'r\\d', 'vue', 'zod', 'a', 'gone'];
const TAGGED = { ui: ['react', 'vue', 'Redux'], small: ['vue', 'zod'], hidden: ['zod'] };
const VERSIONS = ['1.0.0', '1.9.0', '1.10.0', '1.10.0-rc.1', '2.0.0-beta.1', '1.11.0'];

async function insert(table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row);
    await database.client.query(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    );
  }
}

async function plant(): Promise<void> {
  const time = (at: number): Date => new Date(Date.UTC(2026, 0, 1) + at * 60_000);
  const times = { created_at: time(0), updated_at: time(0) };
  await insert(
    'account',
    [ann, ben].map((id) => ({ id, name: id, ...times })),
  );
  await insert(
    'packages',
    PACKAGES.map((name, at) => ({
      id: idOf(name),
      name,
      registry: name === 'a' ? 'apt' : 'npm',
      deleted_at: name === 'gone' ? time(1) : null,
      created_at: time(at % 4),
      updated_at: time(-at),
    })),
  );
  await insert(
    'tags',
    Object.keys(TAGGED).map((slug) => ({ id: idOf(slug), name: slug, slug, ...times })),
  );
  await insert(
    'package_tags',
    Object.entries(TAGGED).flatMap(([slug, names]) =>
      names.map((name) => ({
        id: newId(),
        package_id: idOf(name),
        tag_id: idOf(slug),
        created_by: ann,
        created_at: time(0),
      })),
    ),
  );
  await insert(
    'package_versions',
    VERSIONS.map((version) => ({
      id: idOf(`react@${version}`),
      package_id: idOf('react'),
      version,
      sort_key: semverSortKey(version),
      is_prerelease: version.includes('-'),
      yanked_at: version === '1.11.0' ? time(0) : null,
      created_at: time(0),
    })),
  );
  await insert(
    'package_versions',
    ['vue', 'zod'].map((name) => ({
      id: idOf(`${name}@1.0.0-rc.1`),
      package_id: idOf(name),
      version: '1.0.0-rc.1',
      sort_key: semverSortKey('1.0.0-rc.1'),
      is_prerelease: true,
      created_at: time(0),
    })),
  );
  const needs = (user: string, type: string, resolution: string): Record<string, unknown> => ({
    id: newId(),
    package_id: idOf(user),
    version_id: idOf(`${user}@1.0.0-rc.1`),
    dependency_name: 'react',
    dependency_package_id: idOf('react'),
    dependency_version_range: '^1.0.0',
    resolved_version: '1.9.0',
    resolved_version_id: idOf('react@1.9.0'),
    resolution,
    dependency_type: type,
    created_at: time(0),
  });
  await insert('package_dependencies', [
    needs('vue', 'runtime', 'registry'),
    needs('vue', 'dev', 'registry'),
    needs('zod', 'peer', 'alias'),
    { ...needs('zod', 'dev', 'git'), dependency_package_id: null, resolved_version_id: null },
  ]);
  const request = (name: string, at: number, { by = ben, root = '', status = 'pending' } = {}) => ({
    id: idOf(name),
    package_name: idOf(name),
    registry: 'npm',
    requested_by: root === '' ? by : null,
    root_request_id: root === '' ? null : idOf(root),
    is_auto_queued: root !== '',
    depth: root === '' ? 0 : 1,
    priority: root === '' ? 50 : 10,
    status,
    attempt_count: 0,
    run_at: time(at),
    created_at: time(at),
    updated_at: time(at),
  });
  await insert('package_requests', [
    request('first', 1, { by: ann }),
    request('second', 2),
    request('led to', 3, { root: 'first' }),
    request('fetching', 4, { status: 'fetching' }),
    // Would come first if it were still pending.
    request('completed', -3, { status: 'completed' }),
    request('failed', -2, { status: 'failed' }),
    request('cancelled', -1, { status: 'cancelled' }),
  ]);
}

interface Named {
  readonly id: string;
  readonly name: string;
}
const search = async (args: object): Promise<readonly string[]> =>
  (await run<Named[]>(queries.packages.search.fn({ args: args as never, ctx: anonymous }))).map(
    ({ name }) => name,
  );

describe('search', () => {
  test.each([
    ['rea', ['React', 'react', 'react-dom']],
    ['REACT-', ['react-dom']],
    ['r', ['React', 'Redux', 'r%d', 'r\\d', 'react', 'react-dom']],
    ['r%', ['r%d']],
    ['r\\', ['r\\d']],
    ['_', []],
    ['eact', []],
    ['gone', []],
  ])('%j begins the names of %j', async (text, names) => {
    expect(await search({ text })).toEqual(names);
  });

  test('by registry and tags, all or any', async () => {
    expect(await search({ registry: 'apt' })).toEqual(['a']);
    expect(await search({ tags: { all: ['ui', 'small'] } })).toEqual(['vue']);
    expect(await search({ tags: { any: ['ui', 'small'] } })).toEqual([
      'Redux',
      'react',
      'vue',
      'zod',
    ]);
    expect(await search({ tags: { any: ['ui'], all: ['small'] }, registry: 'npm' })).toEqual([
      'vue',
    ]);
    expect(await search({ tags: { all: ['nothing'] } })).toEqual([]);
  });

  test('every package appears once, in each order and with any page size', async () => {
    const columns = { name: 'name', newest: 'createdAt', updated: 'updatedAt' } as const;
    const alive = PACKAGES.filter((name) => name !== 'gone');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('name', 'newest', 'updated'),
        fc.integer({ min: 1, max: 10 }),
        async (sort, limit) => {
          const seen: string[] = [];
          let after: { id: string; value: string | number } | undefined;
          for (;;) {
            const page: (Named & Record<string, never>)[] = await run(
              queries.packages.search.fn({
                args: { sort, limit, ...(after ? { after } : {}) },
                ctx: anonymous,
              }),
            );
            seen.push(...page.map(({ name }) => name));
            const last = page.at(-1);
            if (!last || page.length < limit) break;
            after = { id: last.id, value: last[columns[sort]] as string | number };
          }
          expect(seen.toSorted()).toEqual(alive.toSorted());
          expect(seen).toEqual(await search({ sort }));
        },
      ),
      { numRuns: 12 },
    );
    expect(await search({ sort: 'updated' })).toEqual(alive);
  });
});

describe('a package', () => {
  test('has its versions, newest first, and its tags with the users who assigned them', async () => {
    const page = await run<{
      versions: { version: string }[];
      tagAssignments: { tag: { slug: string }; creator: { id: string } }[];
    }>(queries.packages.page.fn({ args: { registry: 'npm', name: 'react' }, ctx: anonymous }));
    expect(page.versions.map(({ version }) => version)).toEqual([
      '2.0.0-beta.1',
      '1.11.0',
      '1.10.0',
      '1.10.0-rc.1',
      '1.9.0',
      '1.0.0',
    ]);
    expect(page.tagAssignments).toMatchObject([{ tag: { slug: 'ui' }, creator: { id: ann } }]);
  });

  test('has a latest version: not yanked, and no prerelease if there is a release', async () => {
    const latest = async (name: string): Promise<string | undefined> =>
      (
        await run<{ version: string } | undefined>(
          queries.packages.latestVersion.fn({ args: { packageId: idOf(name) }, ctx: anonymous }),
        )
      )?.version;
    expect(await latest('react')).toBe('1.10.0');
    expect(await latest('vue')).toBe('1.0.0-rc.1');
    expect(await latest('React')).toBeUndefined();
  });

  test('has dependencies by type, and dependents with their versions', async () => {
    const versionId = idOf('vue@1.0.0-rc.1');
    const dependencies = (args: object) =>
      run<{ dependencyType: string }[]>(
        queries.packages.dependencies.fn({ args: { versionId, ...args }, ctx: anonymous }),
      );
    expect((await dependencies({})).map((row) => row.dependencyType)).toEqual(['dev', 'runtime']);
    expect(await dependencies({ type: 'dev' })).toHaveLength(1);
    const dependents = await run<{ package: Named; version: { version: string } }[]>(
      queries.packages.dependents.fn({ args: { packageId: idOf('react') }, ctx: anonymous }),
    );
    expect(dependents.map((row) => row.package.name).toSorted()).toEqual(['vue', 'vue', 'zod']);
    expect(dependents[0]?.version.version).toBe('1.0.0-rc.1');
  });

  test('is found by dependents that resolved to one of its versions', async () => {
    const using = (args: object) =>
      run<{ package: Named }[]>(
        queries.packages.using.fn({
          args: { name: 'react', version: '1.9.0', ...args },
          ctx: anonymous,
        }),
      );
    const names = (await using({})).map((row) => row.package.name);
    // A git address is not a published version.
    expect(names.toSorted()).toEqual(['vue', 'vue', 'zod']);
    expect(await using({ version: '1.9' })).toEqual([]);
    expect(await using({ registry: 'apt' })).toEqual([]);
    expect(await using({ registry: 'npm' })).toHaveLength(3);
  });
});

test("the user's requests, with their follow-up requests", async () => {
  const mine = (ctx: Principal) =>
    run<{ id: string; chain: { id: string }[] }[]>(queries.requests.mine.fn({ args: {}, ctx }));
  expect(await mine({ sub: ann, roles: [] })).toMatchObject([
    { id: idOf('first'), chain: [{ id: idOf('led to') }] },
  ]);
  expect(await mine(anonymous)).toEqual([]);
});

describe('the queue', () => {
  const queue = (args: object) =>
    run<{ id: string; priority: number; runAt: number }[]>(
      queries.requests.queue.fn({ args, ctx: anonymous }),
    );
  const alive = ['first', 'second', 'fetching', 'led to'];
  const ended = ['completed', 'failed', 'cancelled'];

  const states: readonly (readonly [string | undefined, readonly string[]])[] = [
    [undefined, alive],
    ['pending', ['first', 'second', 'led to']],
    ['fetching', ['fetching']],
    ['completed', ['completed']],
    ['failed', ['failed']],
    ['cancelled', ['cancelled']],
    ['all', [...ended, ...alive]],
  ];
  test.each(states)(
    'of status %s, in pages of any size, in the order of the workers',
    async (status, names) => {
      for (const limit of [1, 2, 50]) {
        const seen: string[] = [];
        let after: object | undefined;
        for (;;) {
          const page = await queue({ ...(status && { status }), ...(after && { after }), limit });
          seen.push(...page.map(({ id }) => id));
          const last = page.at(-1);
          if (!last || page.length < limit) break;
          after = { id: last.id, priority: last.priority, runAt: last.runAt };
        }
        expect(seen).toEqual(names.map(idOf));
      }
    },
  );
});

test('tags and deleted packages', async () => {
  const list = (args: object) => run<Named[]>(queries.tags.list.fn({ args, ctx: anonymous }));
  expect((await list({})).map(({ name }) => name)).toEqual(['hidden', 'small', 'ui']);
  expect((await list({ text: 'SM' })).map(({ name }) => name)).toEqual(['small']);
  expect(await run(queries.tags.page.fn({ args: { slug: 'ui' }, ctx: anonymous }))).toMatchObject({
    id: idOf('ui'),
  });
  expect(await run(queries.packages.deleted.fn({ args: {}, ctx: anonymous }))).toMatchObject([
    { name: 'gone' },
  ]);
  expect(await run(queries.profile.mine.fn({ ctx: { sub: ben, roles: [] } }))).toMatchObject({
    id: ben,
  });
});

test('every list has a limit', () => {
  for (const query of [
    queries.packages.search.fn({ args: {}, ctx: anonymous }),
    queries.packages.dependents.fn({ args: { packageId: ann }, ctx: anonymous }),
    queries.packages.using.fn({ args: { name: 'x', version: '1' }, ctx: anonymous }),
    queries.packages.deleted.fn({ args: {}, ctx: anonymous }),
    queries.requests.mine.fn({ args: {}, ctx: { sub: ann, roles: [] } }),
    queries.requests.queue.fn({ args: {}, ctx: anonymous }),
    queries.tags.list.fn({ args: {}, ctx: anonymous }),
  ]) {
    expect(asQueryInternals(query as AnyQuery).ast.limit).toBe(50);
  }
  expect(() => queries.packages.search.fn({ args: { limit: 10_000 }, ctx: anonymous })).toThrow(
    'Validation failed',
  );
});
