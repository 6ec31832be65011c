import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import {
  newId,
  packageDependencies,
  packages,
  packageVersions,
} from '../../src/apps/garden/index.ts';
import * as queries from '../../src/apps/garden/queries/index.ts';
import { seed } from '../../src/apps/garden/seed/index.ts';
import { testDatabase, type TestDatabase } from '../../src/testing/index.ts';

let database: TestDatabase<typeof garden>;
beforeAll(async () => {
  database = await testDatabase({ schema: garden });
});
afterAll(() => database[Symbol.asyncDispose]());

const now = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-02-01T00:00:00Z');
const row = (name: string, change: Partial<garden.NewPackage> = {}): garden.NewPackage => ({
  id: newId(),
  name,
  registry: 'npm',
  createdAt: now,
  updatedAt: now,
  ...change,
});
const version = (text: string, needs: readonly string[] = []): queries.VersionToSave => ({
  version: {
    id: newId(),
    version: text,
    sortKey: garden.semverSortKey(text) ?? '',
    isPrerelease: false,
    createdAt: now,
  },
  dependencies: needs.map((need) => ({
    id: newId(),
    dependencyName: need,
    dependencyVersionRange: '^1.0.0',
    resolvedVersion: '1.0.0',
    resolution: 'registry',
    dependencyType: 'runtime',
    createdAt: now,
  })),
});

test('an upsert keeps ids, changes what changed, and writes nothing else', async () => {
  {
    const { db } = database;
    const many = Array.from({ length: 2010 }, (_, at) => row(`one-${at}`));
    const ids = await queries.upsertPackages(db, many);
    expect(ids.map(({ id }) => id).sort()).toEqual(many.map(({ id }) => id).sort());
    const again = await queries.upsertPackages(db, [
      row('one-1', { updatedAt: later }),
      row('one-2', { description: 'new', updatedAt: later, lastFetchSuccess: later }),
      row('one-2', { registry: 'jsr' }),
    ]);
    expect(again).toHaveLength(3);
    expect(again.find(({ name }) => name === 'one-1')?.id).toBe(many[1]?.id);
    const [same] = await db
      .select()
      .from(packages)
      .where(eq(packages.id, many[1]?.id ?? ''));
    expect(same).toMatchObject({ updatedAt: now, description: null });
    const [changed] = await db
      .select()
      .from(packages)
      .where(eq(packages.id, many[2]?.id ?? ''));
    expect(changed).toMatchObject({
      updatedAt: later,
      description: 'new',
      lastFetchSuccess: later,
    });
    // A later row that says nothing about the fetch does not forget it.
    await queries.upsertPackages(db, [row('one-2', { description: 'newer' })]);
    const [kept] = await db
      .select()
      .from(packages)
      .where(eq(packages.id, many[2]?.id ?? ''));
    expect(kept).toMatchObject({ description: 'newer', lastFetchSuccess: later });
    expect(await queries.upsertPackages(db, [])).toEqual([]);
  }
});

test('saving a package links those who named it before, adds what is new, and is all or nothing', async () => {
  {
    const { db } = database;
    const early = await queries.savePackage(db, row('app'), [version('1.0.0', ['lib', 'lib-2'])]);
    const lib = version('1.0.0');
    const saved = await queries.savePackage(db, row('lib'), [lib, version('1.1.0')]);
    expect(saved.newVersions).toBe(2);
    const links = await db
      .select()
      .from(packageDependencies)
      .where(eq(packageDependencies.packageId, early.id));
    expect(links.find((one) => one.dependencyName === 'lib')).toMatchObject({
      dependencyPackageId: saved.id,
      resolvedVersionId: lib.version.id,
    });
    expect(links.find((one) => one.dependencyName === 'lib-2')?.dependencyPackageId).toBeNull();

    // The same name in another registry is another package.
    await queries.savePackage(db, row('lib-2', { registry: 'jsr' }), [version('1.0.0')]);
    const [still] = await db
      .select()
      .from(packageDependencies)
      .where(eq(packageDependencies.dependencyName, 'lib-2'));
    expect(still?.dependencyPackageId).toBeNull();

    const withdrawn = version('1.1.0', ['never-added']);
    const next = await queries.savePackage(db, row('lib'), [
      { ...withdrawn, version: { ...withdrawn.version, yankedAt: later } },
      version('1.2.0', ['app']),
    ]);
    expect(next).toEqual({ id: saved.id, newVersions: 1 });
    const versions = await db
      .select()
      .from(packageVersions)
      .where(eq(packageVersions.packageId, saved.id));
    expect(versions.find((one) => one.version === '1.1.0')?.yankedAt).toEqual(later);
    const [details] = await queries.packageDetails(db, { name: 'lib', registry: 'npm' });
    expect(details).toMatchObject({ latest: '1.2.0', dependencies: [{ name: 'app' }] });
    expect(details?.versions.map((one) => one.version)).toEqual(['1.2.0', '1.1.0', '1.0.0']);
    expect(details?.versions[1]?.yankedAt).toEqual(later);
  }
  {
    const { db } = database;
    const bad = version('1.0.0', ['x']);
    const broken = {
      ...bad,
      dependencies: bad.dependencies.map((one) => ({ ...one, resolvedVersion: ' ' })),
    };
    await expect(queries.savePackage(db, row('broken'), [broken])).rejects.toThrow(
      /package_dependencies/,
    );
    expect(await db.select().from(packages).where(eq(packages.name, 'broken'))).toEqual([]);
  }
});

test('as a person the policies decide: what is deleted is not there', async () => {
  await queries.upsertPackages(database.db, [row('seen'), row('seen-not', { deletedAt: now })]);
  await database.isolated(async ({ db, as }) => {
    const found = await as({ role: 'garden_user' }, () =>
      queries.packagesWithPrefix(db, { prefix: 'seen' }),
    );
    expect(found.map(({ name }) => name)).toEqual(['seen']);
  });
});

test('a seed fills PGlite as it fills a server, once', async () => {
  const { client, db } = database;
  const tables = [
    garden.account,
    garden.tags,
    packages,
    packageVersions,
    packageDependencies,
    garden.packageTags,
    garden.packageRequests,
  ];
  const count = async (): Promise<number> =>
    (await Promise.all(tables.map((table) => db.$count(table)))).reduce((sum, one) => sum + one);
  const before = await count();
  const size = { packages: 40, versions: 2 };
  const { rows } = await seed(client, size);
  expect(await count()).toBe(before + rows);
  expect(await seed(client, size)).toMatchObject({ rows: 0, alreadyThere: 40 });
});
