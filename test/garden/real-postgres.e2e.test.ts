import { eq } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import config from '../../garden.config.ts';
import { emitExtensionIndexes } from '../../src/emit/companion/emit-extension-indexes.ts';
import * as garden from '../../src/apps/garden/index.ts';
import { newId } from '../../src/kit/index.ts';
import { migrate } from '../../src/migrations/index.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { testSchema } from '../../src/testing.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

// A small part of the PGlite tests on a real server: another build, another driver, and
// several connections.
let database: string;
let sql: Sql;
let db: PostgresJsDatabase<typeof garden>;

beforeAll(async () => {
  const server = await sharedPostgres();
  database = await server.createDatabase();
  await migrate(database, { folder: gardenMigrations });
  sql = postgres(database, { max: 4, onnotice: () => undefined });
  db = drizzle(sql, { schema: garden });
});
afterAll(async () => {
  await sql.end();
});

/** Inserts one row per table. */
async function plant(): Promise<ReturnType<typeof sampleRows>> {
  const rows = sampleRows();
  await db.insert(garden.account).values(rows.account);
  await db.insert(garden.packages).values(rows.packages);
  await db.insert(garden.packageVersions).values(rows.packageVersions);
  await db.insert(garden.packageDependencies).values(rows.packageDependencies);
  await db.insert(garden.packageRequests).values(rows.packageRequests);
  await db.insert(garden.tags).values(rows.tags);
  await db.insert(garden.packageTags).values(rows.packageTags);
  return rows;
}

const refusal = (run: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(run).then(
    () => undefined,
    (error: { cause?: { constraint_name?: string } }) => error.cause?.constraint_name,
  );

test('the database matches the definitions', async () => {
  const { untried } = await testSchema(garden, { database, zero: config.zero, accessCases: 20 });
  expect(untried).toEqual([]);
});

test('an index that needs an extension is created if the server has it, and dropped', async () => {
  const indexes = async (): Promise<readonly string[]> =>
    (
      await sql<{ name: string }[]>`
        select indexname as name from pg_indexes where indexname like 'idx_needy%'`
    ).map(({ name }) => name);
  const needy = emitExtensionIndexes([
    {
      name: 'pg_trgm',
      indexes: { idx_needy_here: 'packages using gin (lower(name) gin_trgm_ops)' },
    },
    { name: 'not_there', indexes: { idx_needy_missing: 'packages using gin (name no_such_ops)' } },
  ]);
  // A second run creates it again.
  for (const { create } of [...needy, ...needy]) await sql.unsafe(create);
  expect(await indexes()).toEqual(['idx_needy_here']);
  for (const { drop } of needy) await sql.unsafe(drop ?? '');
  expect(await indexes()).toEqual([]);
});

test('rows are read back unchanged', async () => {
  const { packages, packageRequests } = await plant();
  const found = await db.query.packages.findFirst({
    where: (t) => eq(t.id, packages.id),
    with: { requests: true },
  });
  expect(found).toMatchObject({ ...packages, requests: [packageRequests] });
});

test('a refused row names the constraint', async () => {
  const { packages, tags, packageRequests } = await plant();
  expect(await refusal(db.insert(garden.packages).values({ ...packages, id: newId() }))).toBe(
    'packages_name_registry_unique',
  );
  expect(await refusal(db.insert(garden.tags).values({ ...tags, id: newId(), slug: 'A b' }))).toBe(
    'tags_slug_check',
  );
  expect(
    await refusal(
      db
        .insert(garden.packageRequests)
        .values({ ...packageRequests, id: newId(), status: 'fetching' }),
    ),
  ).toBe('idx_package_requests_registry_package_name');
  expect(await refusal(db.update(garden.packages).set({ deletedBy: newId() }))).toBe(
    'fk_packages_deleted_by_account',
  );
});

test('of two concurrent equal requests, one is refused', async () => {
  const { packageRequests } = await plant();
  const same = { ...packageRequests, packageName: `wanted-${newId()}` };
  const outcomes = await Promise.all(
    [newId(), newId(), newId(), newId()].map((id) =>
      refusal(
        db
          .insert(garden.packageRequests)
          .values({ ...same, id, sourceRequestId: null, rootRequestId: null }),
      ),
    ),
  );
  expect(outcomes.filter((name) => name === undefined)).toHaveLength(1);
});

test('deleting a package deletes its rows and keeps the history; a missing updated_at is set', async () => {
  const { packages, packageVersions, packageRequests } = await plant();
  await db
    .update(garden.packages)
    .set({ description: 'Changed.' })
    .where(eq(garden.packages.id, packages.id));
  const [changed] = await db
    .select()
    .from(garden.packages)
    .where(eq(garden.packages.id, packages.id));
  expect(changed?.updatedAt.getTime()).toBeGreaterThan(packages.updatedAt.getTime());

  await db.delete(garden.packages).where(eq(garden.packages.id, packages.id));
  const versions = await db
    .select()
    .from(garden.packageVersions)
    .where(eq(garden.packageVersions.id, packageVersions.id));
  expect(versions).toEqual([]);
  const [request] = await db
    .select()
    .from(garden.packageRequests)
    .where(eq(garden.packageRequests.id, packageRequests.id));
  expect(request?.packageId).toBeNull();
});
