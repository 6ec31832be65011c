import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import fc from 'fast-check';
import postgres from 'postgres';
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import { commandsOf } from '../../src/cli/commands.ts';
import { gardenApp } from '../../src/apps/garden/app.ts';
import { recordIo } from '../../src/command/record-io.fixture.ts';
import { run } from '../../src/cli/run.ts';
import { TargetCache } from '../../src/apps/garden/ingest/write/target-cache.ts';
import { versionOrder } from '../../src/apps/garden/ingest/registry/version-order.ts';
import { writePackage } from '../../src/apps/garden/ingest/write/write-package.ts';
import type { FetchedPackage } from '../../src/apps/garden/ingest/registry/registry-adapter.ts';
import { migrate } from '../../src/migrations/index.ts';
import { enqueue } from '../../src/apps/garden/queue/enqueue.ts';
import type { PostgresServer } from '../../src/processes/postgres-server.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { gardenState } from './garden-state.ts';
import { json, localRegistry, status, type LocalRegistry } from './local-registry.ts';
import { runWorkerOnce } from './run-worker-once.ts';
import { pkg } from './short-package.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

let server: PostgresServer;
let url: string;
let client: postgres.Sql;
let db: PostgresJsDatabase;
let registry: LocalRegistry;
beforeAll(async () => {
  server = await sharedPostgres();
  url = await server.createDatabase();
  await migrate(url, { folder: gardenMigrations });
  client = postgres(url, { max: 8, onnotice: () => {} });
  db = drizzle(client);
  registry = await localRegistry('npm');
});
afterAll(async () => {
  await client.end();
  await registry.close();
});
beforeEach(async () => {
  await db.execute(sql`truncate packages, package_requests cascade`);
  registry.answers.clear();
  registry.asked.length = 0;
});

const environment = () => ({ DATABASE_URL: url, NPM_REGISTRY_URL: registry.url.href });

const work = (...args: readonly string[]) => runWorkerOnce(environment(), args);

const request = async (packageName: string, registryName: 'npm' | 'brew' = 'npm') =>
  enqueue(db, { packageName, registry: registryName }, { cooldown: 0 });

const requests = async (): Promise<readonly string[]> =>
  (
    await client`select package_name, status, depth, is_auto_queued, error_message from package_requests order by package_name, created_at`
  ).map((row) =>
    [row['package_name'], row['status'], row['depth'], row['error_message'] ?? ''].join(' ').trim(),
  );

describe('garden worker', () => {
  test('fetches requested packages with their dependencies, and links them', async () => {
    await request('wrap-ansi');
    await request('@isaacs/cliui');
    const { code, lines } = await work();
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({
      type: 'started',
      registries: ['npm'],
      notConfigured: [
        expect.stringContaining('jsr'),
        expect.stringContaining('brew'),
        expect.stringContaining('apt'),
      ],
    });
    expect(lines.at(-1)).toMatchObject({ type: 'ended', failed: 0 });
    const state = await gardenState(db);
    // The dependencies of the newest version are stored, and their dependencies too.
    const newest = state.filter((line) =>
      line.startsWith('dependency npm wrap-ansi 10.0.2 runtime'),
    );
    expect(newest).toEqual([
      expect.stringMatching(/ ansi-styles \^\S+ registry (\S+) on npm ansi-styles \1$/),
      expect.stringMatching(/ string-width \^\S+ registry (\S+) on npm string-width \1$/),
    ]);
    expect(state.filter((line) => line.startsWith('package npm ansi-regex '))).toHaveLength(1);
    // A dependency of an older version under an alias is linked too, once its package is
    // stored.
    expect(state).toContainEqual(
      expect.stringMatching(
        /cliui 8\.0\.2 runtime string-width npm:string-width@\^4\.2\.0 alias (4\S+) on npm string-width \1$/,
      ),
    );
    expect((await requests()).filter((line) => !line.includes('completed'))).toEqual([]);
  });

  test('respects --depth and --budget', async () => {
    await request('is-odd');
    await work('--depth', '0');
    expect(await requests()).toEqual(['is-odd completed 0']);
    await db.execute(sql`truncate packages, package_requests cascade`);
    await request('is-odd');
    await work('--depth', '1');
    expect(await requests()).toEqual(['is-number completed 1', 'is-odd completed 0']);
    await db.execute(sql`truncate packages, package_requests cascade`);
    await request('loose-envify');
    await request('vite');
    await work('--budget', '0');
    expect(await requests()).toHaveLength(2);
  });

  test('revalidates with the ETag, and marks missing versions', async () => {
    await request('is-number');
    await work('--depth', '0');
    const before = await gardenState(db);
    await request('is-number');
    const again = await work('--depth', '0');
    expect(again.lines[1]).toMatchObject({ type: 'unchanged', package: 'is-number' });
    expect(registry.asked.filter((path) => path === '/is-number')).toHaveLength(2);
    expect(await gardenState(db)).toEqual(before);
    registry.answers.set('/is-number', status(404));
    await request('is-number');
    expect((await work()).lines[1]).toMatchObject({ type: 'gone' });
    const [row] =
      await client`select count(*)::int as all, count(yanked_at)::int as yanked from package_versions`;
    expect(row).toEqual({ all: 15, yanked: 15 });
  });

  test('fails missing packages at once, retries temporary failures, and leaves registries without an address', async () => {
    await request('no-such-package');
    await request('../x');
    await request('busy');
    await request('wget', 'brew');
    // No further request is sent after this response, so it waits for the other one.
    registry.answers.set('/busy', async (request, response) => {
      await vi.waitUntil(() => registry.asked.includes('/no-such-package'));
      status(429, { 'retry-after': '3600' })(request, response);
    });
    const { code, lines } = await work();
    expect(code).toBe(1);
    expect(lines.filter(({ type }) => type === 'failed')).toHaveLength(3);
    expect(await requests()).toEqual([
      expect.stringMatching(/^\.\.\/x failed 0 "\.\.\/x" is not a valid npm package name/),
      expect.stringMatching(/^busy pending 0 the server answered 429\. http:/),
      'no-such-package failed 0 npm does not have the package "no-such-package".',
      'wget pending 0',
    ]);
    const [busy] =
      await client`select extract(epoch from run_at - now())::int as wait from package_requests where package_name = 'busy'`;
    expect(busy?.['wait']).toBeGreaterThan(3000);
  });

  test('shows the user that the garden failed, and logs the reason', async () => {
    await db.execute(sql`create function refuse() returns trigger language plpgsql
      as $$ begin raise exception 'no space left on /srv/secret'; end $$`);
    await db.execute(sql`create trigger refuse before insert on packages
      execute function refuse()`);
    onTestFinished(async () => void (await db.execute(sql`drop function refuse cascade`)));
    await request('is-odd');
    const { lines } = await work();
    expect(lines.filter(({ type }) => type === 'failed')).toMatchObject([
      { package: 'is-odd', cause: 'no space left on /srv/secret', retryAt: expect.any(String) },
    ]);
    expect(await requests()).toEqual([
      'is-odd pending 0 the package could not be stored because of an internal error.',
    ]);
  });

  test('supports cycles and packages that depend on themselves', async () => {
    const cycle = (name: string, needs: object) =>
      registry.answers.set(
        `/${name}`,
        json({
          name,
          'dist-tags': { latest: '1.0.0' },
          versions: { '1.0.0': { description: '', dependencies: needs } },
        }),
      );
    cycle('ring-a', { 'ring-b': '^1', 'ring-a': '1.0.0' });
    cycle('ring-b', { 'ring-c': '^1' });
    cycle('ring-c', { 'ring-a': '*' });
    await request('ring-a');
    expect((await work()).code).toBe(0);
    expect((await gardenState(db)).filter((line) => line.startsWith('dependency'))).toEqual([
      'dependency npm ring-a 1.0.0 runtime ring-a 1.0.0 registry 1.0.0 on npm ring-a 1.0.0',
      'dependency npm ring-a 1.0.0 runtime ring-b ^1 registry 1.0.0 on npm ring-b 1.0.0',
      'dependency npm ring-b 1.0.0 runtime ring-c ^1 registry 1.0.0 on npm ring-c 1.0.0',
      'dependency npm ring-c 1.0.0 runtime ring-a * registry 1.0.0 on npm ring-a 1.0.0',
    ]);
  });

  test('releases its leases when it is stopped, and exits with 130', async () => {
    registry.answers.set('/is-odd', () => {});
    await request('is-odd');
    const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
    const child = spawn(process.execPath, [main, 'worker'], {
      env: { ...process.env, ...environment() },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let err = '';
    child.stderr.on('data', (text) => (err += String(text)));
    await expect.poll(() => registry.asked, { timeout: 20_000 }).toContain('/is-odd');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(err).toContain('cli/interrupted: stopped by SIGTERM. Its requests were released');
    const [row] =
      await client`select status, locked_by, attempt_count, run_at <= now() as due from package_requests`;
    expect(row).toEqual({ status: 'pending', locked_by: null, attempt_count: 0, due: true });
  });

  test('refuses to start if it could not work', async () => {
    const refusal = async (env: Record<string, string>, ...args: readonly string[]) => {
      const io = recordIo({ env });
      const code = await run(['worker', '--once', ...args], io, {
        commands: commandsOf([gardenApp]),
      });
      // A worker that does not start prints neither a state nor a summary.
      return `${code} ${io.out()}${io.err().split('\n')[0]}`;
    };
    expect(await refusal({ NPM_REGISTRY_URL: 'https://registry.example' })).toMatch(
      /^2 database\/no-url/,
    );
    expect(await refusal({ DATABASE_URL: url })).toMatch(/^2 cli\/no-registry/);
    expect(await refusal(environment(), '--concurrency', '0')).toMatch(/^2 cli\/bad-value/);
    expect(await refusal({ ...environment(), NPM_REGISTRY_URL: 'nowhere' })).toMatch(
      /^2 ingest\/bad-address/,
    );
    expect(
      await refusal({ ...environment(), DATABASE_URL: await server.createDatabase() }),
    ).toMatch(/^2 database\/not-migrated/);
    expect(await refusal({ ...environment(), DATABASE_URL: 'postgres://a@127.0.0.1:1/b' })).toMatch(
      /^2 database\/unreachable/,
    );
    await db.execute(sql`create role held login password 'held'`);
    const held = new URL(url);
    held.username = 'held';
    held.password = 'held';
    expect(await refusal({ ...environment(), DATABASE_URL: held.href })).toMatch(
      /^2 database\/role/,
    );
  });
});

const SIZE = 12;
const nameOf = (at: number): string => `p${at % SIZE}`;
/** More dependencies than the limit for individual locks. */
const wide = pkg('p3', {
  '1.0.0': Object.fromEntries(
    Array.from({ length: 80 }, (_, at) => [at < SIZE ? nameOf(at) : `other${at}`, '^1.0.0']),
  ),
});

/** Each package depends on itself and on many others, in a cycle. */
const packageAt = (at: number, round: number): FetchedPackage => ({
  name: nameOf(at),
  description: undefined,
  homepage: undefined,
  repository: undefined,
  etag: undefined,
  tags: new Map(),
  versions: Array.from({ length: round }, (_, minor) => ({
    version: `1.${minor}.0`,
    ...versionOrder('npm', `1.${minor}.0`),
    publishedAt: undefined,
    yanked: false,
    dependencies: [0, 1, 2, 5, 7].map((step) => ({
      name: nameOf(at + step),
      range: step === 2 ? '1.1.0' : '^1.0.0',
      type: 'runtime' as const,
    })),
  })),
});

/** Every dependency that lacks a possible link, or has a version without a link. */
const unlinked = sql`
  select count(*)::int as count from package_dependencies d
  join packages p on p.name = d.dependency_name
  where d.resolved_version_id is null and
    (d.dependency_version_range <> '1.1.0' or exists
      (select 1 from package_versions v where v.package_id = p.id and v.version = '1.1.0'))`;

test('packages that depend on each other and are written concurrently are all linked', async () => {
  const caches = [new TargetCache(), new TargetCache(), new TargetCache()];
  for (let run = 0; run < 6; run += 1) {
    await db.execute(sql`truncate packages cascade`);
    for (const round of [1, 2]) {
      await Promise.all(
        Array.from({ length: SIZE }, async (_, at) =>
          db.transaction(async (tx) =>
            writePackage(
              tx,
              'npm',
              at === 3 && run % 2 === 1 ? wide : packageAt(at, round),
              caches[at % 3]!,
            ),
          ),
        ),
      );
      expect((await db.execute(unlinked))[0]).toEqual({ count: 0 });
    }
  }
});

test('a package that is fetched twice concurrently is written once', async () => {
  const write = async (): Promise<unknown> =>
    db.transaction(async (tx) => writePackage(tx, 'npm', packageAt(0, 2), new TargetCache()));
  await write();
  const once = await gardenState(db);
  await db.execute(sql`delete from packages`);
  await Promise.all(Array.from({ length: 6 }, write));
  expect(await gardenState(db)).toEqual(once);
});

test('a failing transaction leaves nothing, not even in the cache', async () => {
  const cache = new TargetCache();
  const fail = db.transaction(async (tx) => {
    await writePackage(tx, 'npm', packageAt(0, 1), cache);
    throw new Error('no');
  });
  await expect(fail).rejects.toThrow('no');
  await db.transaction(async (tx) => writePackage(tx, 'npm', packageAt(5, 1), cache));
  expect((await gardenState(db)).filter((line) => line.includes(' p0'))).toEqual([
    'dependency npm p5 1.0.0 runtime p0 ^1.0.0 unresolved ^1.0.0 on',
  ]);
});

/**
 * Small sets of packages with cycles, self-dependencies, unsatisfiable ranges and all kinds of
 * specifications.
 */
const names = ['a', 'b', 'c', 'd'];
const range = fc.constantFrom(
  '^1',
  '~1.0.0',
  '1.0.0',
  '2.0.0',
  '*',
  '',
  'latest',
  'next',
  '>=3',
  'npm:b@^1',
  'git+https://h/x',
  'file:x',
  'workspace:*',
  '^2.0.0-rc.1',
);
const world = fc.tuple(
  ...names.map((name) =>
    fc
      .record({
        versions: fc.dictionary(
          fc.constantFrom('1.0.0', '1.0.1', '1.1.0', '2.0.0', '2.0.0-rc.1', '!1.2.0', 'odd'),
          fc.dictionary(fc.constantFrom(...names, 'nowhere'), range, { maxKeys: 3 }),
          { minKeys: 1, maxKeys: 4 },
        ),
        latest: fc.constantFrom('1.0.0', '1.1.0', '2.0.0-rc.1'),
      })
      .map(({ versions, latest }) =>
        pkg(name, versions, { tags: new Map(latest in versions ? [['latest', latest]] : []) }),
      ),
  ),
);

test('the order of arrival does not affect the garden', async () => {
  await fc.assert(
    fc.asyncProperty(
      world,
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      fc.boolean(),
      async (packages, order, twice) => {
        const state = async (list: readonly FetchedPackage[]): Promise<readonly string[]> => {
          await db.execute(sql`delete from packages`);
          const cache = new TargetCache(twice ? 3 : undefined);
          for (const one of list)
            await db.transaction(async (tx) => writePackage(tx, 'npm', one, cache));
          return gardenState(db);
        };
        const first = await state(packages);
        const shuffled = order.map((at) => packages[at]!);
        expect(await state(twice ? [...shuffled, ...packages] : shuffled)).toEqual(first);
      },
    ),
    { numRuns: 20 },
  );
});
