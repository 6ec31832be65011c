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
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
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
  // Committed, because each test deletes rows that existed before its transaction.
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

/** Every row of every table, by table and id. */
async function everything(db: Database): Promise<Map<string, Row>> {
  const all = new Map<string, Row>();
  for (const table of tableNames) {
    for (const row of await db.select().from(garden[table])) {
      all.set(`${table} ${row.id}`, untouched(row) ?? {});
    }
  }
  return all;
}

/** The effect of a delete: removed rows, and changed columns of other rows. */
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

test('deleting a package deletes its versions, dependencies and tag assignments, and nothing else', async () => {
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
        // The request is kept as history, and the other package's dependency as a name and a range.
        [`${key('packageRequests', first.packageRequests)} packageId`]: null,
        [`${key('packageDependencies', second.packageDependencies)} dependencyPackageId`]: null,
        [`${key('packageDependencies', second.packageDependencies)} resolvedVersionId`]: null,
      },
    });
  });
});

// Foreign keys act in the order in which the migration creates them, and Postgres checks
// all keys of a row that this transaction wrote. If dependency_package_id were set to NULL
// before the versions are deleted, resolved_version_id would be checked after the version
// is deleted and before its own SET NULL.
test('a package can be deleted in a transaction that wrote its dependents', async () => {
  await database.isolated(async ({ db }) => {
    await db.update(packageDependencies).set({ dependencyVersionRange: '*' });
    await db.delete(packages).where(eq(packages.id, gardens.first.packages.id));
  });
});

test('deleting a version deletes its own dependencies, and keeps those of its dependents', async () => {
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

test('deleting an account deletes its tag assignments, and keeps its deletions and requests', async () => {
  await database.isolated(async ({ db }) => {
    const { first } = gardens;
    const effect = await effectOf(db, () =>
      db.delete(account).where(eq(account.id, first.account.id)),
    );
    expect(effect).toEqual({
      gone: [key('account', first.account), key('packageTags', first.packageTags)],
      changed: {
        // Still deleted, by an unknown user.
        [`${key('packages', first.packages)} deletedBy`]: null,
        [`${key('tags', first.tags)} deletedBy`]: null,
        [`${key('packageRequests', first.packageRequests)} requestedBy`]: null,
      },
    });
  });
});

test('deleting a tag deletes its assignments, and keeps the packages', async () => {
  await database.isolated(async ({ db }) => {
    const { first } = gardens;
    const effect = await effectOf(db, () => db.delete(tags).where(eq(tags.id, first.tags.id)));
    expect(effect).toEqual({
      gone: [key('packageTags', first.packageTags), key('tags', first.tags)],
      changed: {},
    });
  });
});

test('deleting a request in the middle of a chain deletes only that request; the others keep their root', async () => {
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
    // A root references itself, which does not prevent its deletion.
    expect(await effectOf(db, remove(root))).toEqual({
      gone: [`packageRequests ${root}`],
      changed: { [`packageRequests ${leaf} rootRequestId`]: null },
    });
    expect(await rowOf(db, 'packageRequests', leaf)).toMatchObject({ depth: 2 });
  });
});

test('the id of a referenced row cannot change', async () => {
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
