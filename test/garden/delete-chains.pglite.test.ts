import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { newId } from '../../src/kit/index.ts';
import {
  account,
  packageDependencies,
  packageRequests,
  packages,
  packageVersions,
  tags,
} from '../../src/apps/garden/index.ts';
import { testDatabase, type TestDatabase } from '../../src/testing/index.ts';
import { sampleRows, type SampleRows } from '../zod/sample-rows.ts';
import {
  plantRow,
  plantRows,
  rowOf,
  tableNames,
  untouched,
  type Row,
  type TableName,
} from './plant-rows.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

type Database = Parameters<typeof plantRows>[0];

interface Gardens {
  readonly first: SampleRows;
  readonly second: SampleRows;
}

let database: TestDatabase<Record<string, never>>;
let gardens: Gardens;
beforeAll(async () => {
  database = await testDatabase({ folder: gardenMigrations });
  // Committed: each test deletes what was there before its transaction began.
  gardens = await twoGardens(database.db);
});
afterAll(() => database[Symbol.asyncDispose]());

/** Two gardens side by side; the second package depends on the first one's version. */
async function twoGardens(db: Database): Promise<Gardens> {
  const first = await plantRows(db, sampleRows());
  const second = await plantRows(db, sampleRows(), 'packageDependencies');
  const dependency: Row = {
    ...second.packageDependencies,
    dependencyName: first.packages.name,
    dependencyPackageId: first.packages.id,
    resolvedVersionId: first.packageVersions.id,
  };
  await plantRow(db, 'packageDependencies', dependency);
  for (const table of ['packageRequests', 'tags', 'packageTags'] as const) {
    await plantRow(db, table, second[table]);
  }
  return { first, second };
}

/** Every row of every table, by its table and id. */
async function everything(db: Database): Promise<Map<string, Row>> {
  const all = new Map<string, Row>();
  for (const table of tableNames) {
    for (const row of await db.select().from(garden[table])) {
      all.set(`${table} ${row.id}`, untouched(row) ?? {});
    }
  }
  return all;
}

/** What a delete did: which rows are gone, and which columns of the others changed to what. */
async function effectOf(
  db: Database,
  run: () => PromiseLike<unknown>,
): Promise<{ readonly gone: readonly string[]; readonly changed: Row }> {
  const before = await everything(db);
  await run();
  const after = await everything(db);
  const gone = [...before.keys()].filter((key) => !after.has(key));
  const changed = [...after].flatMap(([key, row]) =>
    Object.entries(row).flatMap(([column, value]) => {
      const old = before.get(key)?.[column];
      return isDeepStrictEqual(old, value) ? [] : [[`${key} ${column}`, value]];
    }),
  );
  return { gone: gone.sort(), changed: Object.fromEntries(changed) as Row };
}

const key = (table: TableName, row: { readonly id: string }): string => `${table} ${row.id}`;

test('a package takes its versions, dependencies and tag assignments along, and nothing else', async () => {
  await database.isolated(async ({ db }) => {
    const { first, second } = gardens;
    const effect = await effectOf(db, () =>
      db.delete(packages).where(eq(packages.id, first.packages.id)),
    );
    expect(effect).toEqual({
      gone: [
        key('packageDependencies', first.packageDependencies),
        key('packageTags', first.packageTags),
        key('packageVersions', first.packageVersions),
        key('packages', first.packages),
      ].sort(),
      changed: {
        // The request stays as history, the other package's dependency as a name and a range.
        [`${key('packageRequests', first.packageRequests)} packageId`]: null,
        [`${key('packageDependencies', second.packageDependencies)} dependencyPackageId`]: null,
        [`${key('packageDependencies', second.packageDependencies)} resolvedVersionId`]: null,
      },
    });
  });
});

// The order of the foreign keys in the migration is the order in which they act, and
// Postgres checks every key of a row that this transaction wrote, whether it changed
// or not. Were dependency_package_id set to null before the versions go, the check of
// resolved_version_id would run after the version went, and before its own SET NULL.
test('a package can be deleted in a transaction that wrote its dependents', async () => {
  await database.isolated(async ({ db }) => {
    await db.update(packageDependencies).set({ dependencyVersionRange: '*' });
    await db.delete(packages).where(eq(packages.id, gardens.first.packages.id));
  });
});

test('a version takes its own dependencies along, and leaves those of its dependents', async () => {
  await database.isolated(async ({ db }) => {
    const { first, second } = gardens;
    const effect = await effectOf(db, () =>
      db.delete(packageVersions).where(eq(packageVersions.id, first.packageVersions.id)),
    );
    expect(effect).toEqual({
      gone: [
        key('packageDependencies', first.packageDependencies),
        key('packageVersions', first.packageVersions),
      ],
      changed: {
        [`${key('packageDependencies', second.packageDependencies)} resolvedVersionId`]: null,
      },
    });
  });
});

test('an account takes its tag assignments along; what it deleted and asked for stays', async () => {
  await database.isolated(async ({ db }) => {
    const { first } = gardens;
    const effect = await effectOf(db, () =>
      db.delete(account).where(eq(account.id, first.account.id)),
    );
    expect(effect).toEqual({
      gone: [key('account', first.account), key('packageTags', first.packageTags)],
      changed: {
        // Still deleted, by nobody that we know.
        [`${key('packages', first.packages)} deletedBy`]: null,
        [`${key('tags', first.tags)} deletedBy`]: null,
        [`${key('packageRequests', first.packageRequests)} requestedBy`]: null,
      },
    });
  });
});

test('a tag takes its assignments along, and leaves the packages', async () => {
  await database.isolated(async ({ db }) => {
    const { first } = gardens;
    const effect = await effectOf(db, () => db.delete(tags).where(eq(tags.id, first.tags.id)));
    expect(effect).toEqual({
      gone: [key('packageTags', first.packageTags), key('tags', first.tags)],
      changed: {},
    });
  });
});

test('a request in the middle of a chain goes alone; the chain keeps its root', async () => {
  await database.isolated(async ({ db }) => {
    const rows = await plantRows(db, sampleRows(), 'packageRequests');
    const [root, middle, leaf] = [newId(), newId(), newId()];
    const step = (id: string, source: string | null, depth: number): Row => ({
      ...rows.packageRequests,
      id,
      packageName: `step-${depth}`,
      sourceRequestId: source,
      rootRequestId: root,
      depth,
    });
    for (const row of [step(root, null, 0), step(middle, root, 1), step(leaf, middle, 2)]) {
      await plantRow(db, 'packageRequests', row);
    }
    const remove = (id: string) => () =>
      db.delete(packageRequests).where(eq(packageRequests.id, id));

    expect(await effectOf(db, remove(middle))).toEqual({
      gone: [`packageRequests ${middle}`],
      changed: { [`packageRequests ${leaf} sourceRequestId`]: null },
    });
    // A root points at itself; that does not keep it.
    expect(await effectOf(db, remove(root))).toEqual({
      gone: [`packageRequests ${root}`],
      changed: { [`packageRequests ${leaf} rootRequestId`]: null },
    });
    expect(await rowOf(db, 'packageRequests', leaf)).toMatchObject({ depth: 2 });
  });
});

test('the id of a row that others point at cannot change', async () => {
  await database.isolated(async ({ db, attempt }) => {
    const referenced = [
      'account',
      'packages',
      'packageVersions',
      'packageRequests',
      'tags',
    ] as const;
    for (const table of referenced) {
      const own = eq(garden[table].id, gardens.first[table].id);
      const change = { id: newId() } as never;
      const error = await attempt(() => db.update(garden[table]).set(change).where(own));
      expect(error, table).toMatchObject({ code: '23503' });
    }
  });
});
