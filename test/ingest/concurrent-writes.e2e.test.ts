import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  TargetCache,
  versionOrder,
  writePackage,
  type FetchedPackage,
} from '../../src/ingest/index.ts';
import { migrate } from '../../src/ops/index.ts';
import { startPostgres, type PostgresServer } from '../../src/testing/index.ts';
import { gardenState } from './garden-state.ts';

let server: PostgresServer;
let client: postgres.Sql;
let db: PostgresJsDatabase;
beforeAll(async () => {
  server = await startPostgres();
  const url = await server.createDatabase();
  await migrate(url);
  client = postgres(url, { max: 8, onnotice: () => {} });
  db = drizzle(client);
});
afterAll(async () => {
  await client.end();
  await server.stop();
});

const SIZE = 12;
const nameOf = (at: number): string => `p${at % SIZE}`;

/** Each depends on itself and on many others, in a circle. */
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

/** Every dependency that could be linked and is not, or that names a version without being linked to it. */
const unlinked = sql`
  select count(*)::int as count from package_dependencies d
  join packages p on p.name = d.dependency_name
  where d.resolved_version_id is null and
    (d.dependency_version_range <> '1.1.0' or exists
      (select 1 from package_versions v where v.package_id = p.id and v.version = '1.1.0'))`;

test('packages that need each other, written at the same time, all find each other', async () => {
  const caches = [new TargetCache(), new TargetCache(), new TargetCache()];
  for (let run = 0; run < 6; run += 1) {
    await db.execute(sql`delete from packages`);
    for (const round of [1, 2]) {
      await Promise.all(
        Array.from({ length: SIZE }, async (_, at) =>
          db.transaction(async (tx) =>
            writePackage(tx, 'npm', packageAt(at * 5, round), caches[at % 3]!),
          ),
        ),
      );
      expect((await db.execute(unlinked))[0]).toEqual({ count: 0 });
    }
  }
});

test('the same package, fetched twice at the same time, is written once', async () => {
  await db.execute(sql`delete from packages`);
  const write = async (): Promise<unknown> =>
    db.transaction(async (tx) => writePackage(tx, 'npm', packageAt(0, 2), new TargetCache()));
  await write();
  const once = await gardenState(db);
  await db.execute(sql`delete from packages`);
  await Promise.all(Array.from({ length: 6 }, write));
  expect(await gardenState(db)).toEqual(once);
});

test('a transaction that fails leaves nothing, also not in the cache', async () => {
  await db.execute(sql`delete from packages`);
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
