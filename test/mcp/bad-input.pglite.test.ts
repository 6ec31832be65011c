import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import {
  MCP_ROLE,
  mcpServer,
  openPackage,
  recordPackageUse,
  restorePackageVersion,
  searchPackages,
  type PackageSearch,
} from '../../src/apps/mcp/server/index.ts';
import { schema } from '../../src/apps/mcp/zero/index.ts';
import { schemas } from '../../src/apps/mcp/zod/index.ts';
import { newId } from '../../src/kit/index.ts';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { asPrincipal, bearer, type SyncServer } from '../../src/server.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { BOOKS, Client, post, SECRET, token, type Answer } from '../sync/garden-server.fixture.ts';
import { BAD_ROWS, badInsert, goodRow } from './bad-rows.ts';

const [ADA, BEN] = [newId(), newId()];
let database: TestDatabase<Record<string, never>>;
let db: AnyDatabase;
let server: SyncServer;
let client: Client;
const errors: unknown[] = [];

beforeAll(async () => {
  database = await testDatabase({ folder: mcpMigrations });
  await database.client.exec(BOOKS);
  const own = drizzle(database.client);
  db = own;
  server = mcpServer({
    database: zeroDrizzle(schema, own),
    identity: bearer({ secret: SECRET, audience: 'mcp' }),
    apiKey: false,
    onError: (error) => void errors.push(error),
  });
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  client = new Client();
  await database.client.exec(`truncate users, zero_0.clients, zero_0.mutations cascade;
    insert into users values ('${ADA}', 'Ada', now(), now()), ('${BEN}', 'Ben', now(), now())`);
});
/** Sends one mutation as JSON text. */
async function sendText(name: string, args: string, sub: string): Promise<Response> {
  const body = JSON.stringify(client.push({ name, args: 'ARGUMENTS' }));
  const text = body.replace('"ARGUMENTS"', () => args);
  return server.mutate(post('/mutate', text, await token({ sub }, { audience: 'mcp' })));
}

async function mutate(name: string, args: string, sub: string = ADA): Promise<Answer> {
  const response = await sendText(name, args, sub);
  if (response.status !== 200) throw new Error(`status ${response.status}`);
  const answer = (await response.json()) as { mutations: readonly { result: Answer }[] };
  return answer.mutations[0]!.result;
}

const count = async (table: string): Promise<number> =>
  (await database.client.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]!
    .n;
/** The row as JSON text, with one value that is JSON text already. */
const withValue = (row: Record<string, unknown>, column: string, json: string): string =>
  JSON.stringify({ ...row, [column]: 'VALUE' }).replace('"VALUE"', () => json);
const as = <T>(sub: string, run: (tx: AnyDatabase) => Promise<T>): Promise<T> =>
  asPrincipal(db, { role: MCP_ROLE, claims: { sub } }, run);

describe.each(BAD_ROWS)('$title', (bad) => {
  const { column, json, validated, states = [], status, needsServer } = bad;
  const row = goodRow(ADA);

  test('the validator names the column', () => {
    const given = JSON.parse(withValue({ ...row }, column, json)) as Record<string, unknown>;
    const times = { createdAt: new Date(0), updatedAt: new Date(0) };
    const { error, data } = schemas.packages.insert.safeParse({ ...given, ...times });
    if (validated === undefined) {
      expect([...new Set(error?.issues.map(({ path }) => path[0]))]).toEqual([column]);
    } else expect(data?.[column]).toBe(validated);
  });

  test('the mutate endpoint refuses the insert and the update', async () => {
    const refused = { error: 'app', details: { code: 'sync/arguments' } };
    const good = goodRow(ADA);
    expect(await mutate('rows.packages.insert', JSON.stringify(good))).toEqual({});
    for (const [operation, args] of [
      ['insert', withValue(row, column, json)],
      ['update', withValue({ id: good['id'] }, column, json)],
    ] as const) {
      if (status === undefined) {
        expect(await mutate(`rows.packages.${operation}`, args)).toMatchObject(refused);
      } else {
        const response = await sendText(`rows.packages.${operation}`, args, ADA);
        expect(response.status).toBe(status);
        expect(await response.json()).toMatchObject({ kind: 'PushFailed', reason: 'parse' });
      }
    }
    expect(await count('packages')).toBe(1);
    expect(await count('package_versions')).toBe(0);
  });

  test.skipIf(bad.sql === undefined || needsServer)(
    'Postgres refuses it to the role of the app',
    async () => {
      const run = as(ADA, (tx) => tx.execute(sql.raw(badInsert(ADA, bad))));
      const error = await run.catch((thrown: { cause?: { code?: string } }) => thrown.cause);
      expect(states).toContain((error as { code?: string } | undefined)?.code);
      expect(await count('packages')).toBe(0);
    },
  );
});

const NAMES = ['select', 'user', 'null', '__proto__', 'constructor', 'toString', 'then', '"', '--'];
test('reserved words are names like others', async () => {
  for (const name of NAMES) {
    const json = JSON.stringify({ ...goodRow(ADA), name, language: name, tags: [name] }).replace(
      '{"level":1}',
      () => `{${JSON.stringify(name)}: ${JSON.stringify(name)}}`,
    );
    expect(await mutate('rows.packages.insert', json)).toEqual({});
    const found = await as(ADA, (tx) =>
      searchPackages(tx, {
        language: name,
        anyTags: [name],
        metadataAt: { path: [name], value: name },
      }),
    );
    expect(found.map((row) => [row.name, Object.entries(row.metadata)])).toEqual([
      [name, [[name, name]]],
    ]);
  }
});

describe('a search', () => {
  const deep = (levels: number): Record<string, unknown> =>
    levels === 0 ? {} : { a: deep(levels - 1) };
  const nested = Array.from({ length: 10_000 }).reduce<Record<string, unknown>>((a) => ({ a }), {});

  test.each<readonly [string, unknown]>([
    ['an array with NULL', { anyTags: ['a', null] }],
    ['a text instead of an array', { allTags: 'a' }],
    ['51 tags', { anyTags: Array.from({ length: 51 }, () => 'a') }],
    ['10 MB of metadata', { metadata: { text: 'x'.repeat(10_000_000) } }],
    ['metadata of 17 levels', { metadata: deep(17) }],
    ['metadata with 10,000 levels', { metadata: nested }],
    ['a deep value at a path', { metadataAt: { path: ['a'], value: nested } }],
    ['a path with NULL', { metadataAt: { path: [null], value: 1 } }],
    ['a lone surrogate', { words: 'a\ud800' }],
    ['a lone surrogate in metadata', { metadata: { a: '\ud800' } }],
    ['NUL', { words: 'a\0' }],
    ['NUL in a tag', { anyTags: ['\0'] }],
    ['NUL in a path', { path: 'src/\0' }],
    ['a path of 5,000 characters', { path: 'a'.repeat(5_000) }],
    ['a page of 1e9 rows', { pageSize: 1e9 }],
    ['a page of NaN rows', { pageSize: Number.NaN }],
    ['a negative offset', { offset: -1 }],
    ['an unknown scope', { scope: 'everything' }],
    ['an id that is no uuid', { categoryId: "' or true --" }],
    ['a cursor of another type', { after: { id: newId(), updatedAt: 5, rank: 'high' } }],
    ['a time out of range', { after: { id: newId(), updatedAt: new Date(8.64e15), rank: 0 } }],
    ['an unknown condition', { userId: BEN }],
    ['no object', null],
  ])('with %s is refused before it reaches the database', async (_, search) => {
    const run = searchPackages({} as AnyDatabase, search as PackageSearch);
    await expect(run).rejects.toMatchObject({ problem: { code: 'mcp/search' } });
  });

  test.each([
    [`any_tags => '{a,NULL}'`, '22023'],
    [`metadata_path => '{NULL}', metadata_value => '1'`, '22023'],
    [`any_tags => array_fill('a'::text, array[51])`, '22023'],
    [`has_metadata => jsonb_build_object('a', repeat('x', 10000000))`, '22023'],
    [`for_path => repeat('a', 5000)`, '22023'],
    ['page_size => null', '22023'],
    ['page_size => 101', '22023'],
    ['page_offset => null', '22023'],
    ['page_offset => 10001', '22023'],
    ['scope => null', '22023'],
    [`scope => 'everything'`, '22023'],
    [`after_id => '${newId()}'`, '22023'],
    [`in_category => 'x'`, '22P02'],
    [String.raw`words => E'\xed\xa0\x80'`, '22021'],
  ])('by direct SQL with %s is refused', async (search, state) => {
    const run = as(ADA, (tx) => tx.execute(sql.raw(`select * from search_packages(${search})`)));
    const error = await run.catch((thrown: { cause?: { code?: string } }) => thrown.cause);
    expect((error as { code?: string } | undefined)?.code).toBe(state);
  });
});

test('the slowest file pattern and path take less than a second', async () => {
  const row = {
    ...goodRow(ADA),
    relevantFilesPattern: [
      `${'**/'.repeat(80)}x`,
      `${'*a'.repeat(120)}b`,
      `${'{a,'.repeat(60)}b${'}'.repeat(60)}`,
      `${'[!'.repeat(80)}]`,
      `${'{'.repeat(120)}${'}'.repeat(120)}`,
      '(a+)+$',
      '\u0001\u0002\u0003{a\u0004}',
    ],
  };
  expect(await mutate('rows.packages.insert', JSON.stringify(row))).toEqual({});
  const start = performance.now();
  for (const path of ['a/'.repeat(2_000), 'a'.repeat(4_096), '/'.repeat(4_096)]) {
    expect(await as(ADA, (tx) => searchPackages(tx, { path }))).toEqual([]);
  }
  expect(performance.now() - start).toBeLessThan(1_000);
});

test('functions with an id or a version that cannot exist find nothing', async () => {
  for (const id of ['', 'x', "' or true --", '__proto__', '\0', newId()]) {
    expect(await as(ADA, (tx) => openPackage(tx, id))).toBeUndefined();
    expect(await as(ADA, (tx) => recordPackageUse(tx, id))).toBeUndefined();
    expect(await as(ADA, (tx) => restorePackageVersion(tx, id, 1))).toBe(false);
  }
  for (const version of [0, -1, 1.5, 2 ** 31, Number.NaN]) {
    expect(await as(ADA, (tx) => restorePackageVersion(tx, newId(), version))).toBe(false);
  }
});

describe('the rows of another user', () => {
  const denied = { error: 'app', details: { code: 'access/denied' } };
  let hers: Record<string, unknown>;
  beforeEach(async () => {
    hers = goodRow(ADA);
    await mutate('rows.packages.insert', JSON.stringify(hers));
    const change = JSON.stringify({ id: hers['id'], description: 'second' });
    await mutate('rows.packages.update', change);
  });

  const changes = (): readonly (readonly [string, object])[] => [
    ['rows.packages.update', { id: hers['id'], name: 'mine' }],
    ['rows.packages.delete', { id: hers['id'] }],
  ];
  const visibility = (value: string): Promise<Answer> =>
    mutate('rows.packages.update', JSON.stringify({ id: hers['id'], visibility: value }));

  test('a change of a visible row is denied; a hidden row is like none', async () => {
    expect(await visibility('public')).toEqual({});
    for (const [name, args] of changes()) {
      expect(await mutate(name, JSON.stringify(args), BEN)).toMatchObject(denied);
    }
    expect(await visibility('private')).toEqual({});
    for (const [name, args] of changes()) {
      const missing = { ...args, id: newId() };
      expect(await mutate(name, JSON.stringify(args), BEN)).toEqual({});
      expect(await mutate(name, JSON.stringify(missing), BEN)).toEqual({});
    }
    const { rows } = await database.client.query('select name from packages');
    expect(rows).toEqual([{ name: hers['name'] }]);
  });

  test.each<readonly [string, () => readonly [string, object]]>([
    ['insert', () => ['rows.packages.insert', { ...goodRow(ADA) }]],
    [
      'share',
      () => [
        'rows.packageShares.insert',
        { id: newId(), packageId: hers['id'], userId: BEN, createdAt: 0 },
      ],
    ],
    [
      'depend on',
      () => [
        'rows.packageDependencies.insert',
        { id: newId(), packageId: hers['id'], dependsOnId: hers['id'], createdAt: 0 },
      ],
    ],
    [
      'file',
      () => [
        'rows.categories.insert',
        { id: newId(), parentId: null, name: 'A', slug: 'a', createdAt: 0, updatedAt: 0 },
      ],
    ],
  ])('%s: is denied', async (_, make) => {
    const [name, args] = make();
    expect(await mutate(name, JSON.stringify(args), BEN)).toMatchObject(denied);
    expect(await count('packages')).toBe(1);
  });

  test('restore: finds no version, as if there were none', async () => {
    const args = JSON.stringify({ id: hers['id'], version: 1, at: 0 });
    expect(await mutate('packages.restore', args, BEN)).toMatchObject({
      error: 'app',
      details: { code: 'mcp/no-version' },
    });
    expect(await mutate('packages.restore', args)).toEqual({});
  });
});

// The last test, because it judges the others.
test('nothing of this is a failure of the server', () => {
  expect(errors).toEqual([]);
});
