import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { packageRequests, packages, requestStatuses } from '../../src/apps/garden/index.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import { plantRow, plantRows, tableNames, type Row, type TableName } from './plant-rows.ts';
import { readCatalog } from './read-catalog.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

interface Unique {
  readonly constraint: string;
  readonly table: TableName;
  /** No two rows may agree in all of these; in all but one they may. */
  readonly columns: readonly string[];
}

const uniques: readonly Unique[] = [
  { constraint: 'account_pkey', table: 'account', columns: ['id'] },
  { constraint: 'packages_pkey', table: 'packages', columns: ['id'] },
  {
    constraint: 'packages_name_registry_unique',
    table: 'packages',
    columns: ['name', 'registry'],
  },
  { constraint: 'package_versions_pkey', table: 'packageVersions', columns: ['id'] },
  {
    constraint: 'package_versions_package_id_version_unique',
    table: 'packageVersions',
    columns: ['packageId', 'version'],
  },
  { constraint: 'package_dependencies_pkey', table: 'packageDependencies', columns: ['id'] },
  { constraint: 'package_requests_pkey', table: 'packageRequests', columns: ['id'] },
  {
    constraint: 'idx_package_requests_registry_package_name',
    table: 'packageRequests',
    columns: ['registry', 'packageName'],
  },
  { constraint: 'tags_pkey', table: 'tags', columns: ['id'] },
  { constraint: 'tags_name_unique', table: 'tags', columns: ['name'] },
  { constraint: 'tags_slug_unique', table: 'tags', columns: ['slug'] },
  { constraint: 'package_tags_pkey', table: 'packageTags', columns: ['id'] },
  {
    constraint: 'package_tags_package_id_tag_id_unique',
    table: 'packageTags',
    columns: ['packageId', 'tagId'],
  },
];

/** Columns in which two samples would otherwise agree. */
const differing: Row = { registry: 'jsr', version: '2.0.0' };

describe.each(uniques)('$constraint', ({ constraint, table, columns }) => {
  const others = columns.map((other) => ({
    agree: columns.filter((column) => column !== other),
    name: `another ${other}: allowed`,
    error: undefined,
  }));
  const same = {
    agree: columns,
    name: `the same ${columns.join(' and ')}: refused`,
    error: expect.objectContaining({ code: '23505', constraint }),
  };

  test.each([same, ...others])('$name', async ({ agree, error }) => {
    await database.isolated(async ({ db, attempt }) => {
      const first = await plantRows(db, sampleRows());
      const second = await plantRows(db, sampleRows(), table);
      const row = {
        ...second[table],
        ...pick(differing, columns),
        ...pick(first[table] as unknown as Row, agree),
      };
      expect(await attempt(() => plantRow(db, table, row))).toEqual(error);
    });
  });
});

function pick(row: Row, keys: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => keys.includes(key)));
}

describe('names', () => {
  test.each([
    ['another case', 'react', 'React'],
    ['a space more', 'react', 'react '],
    // No normal form is imposed: whether these two are one name is the registry's rule.
    ['another normal form', 'caf\u00e9', 'cafe\u0301'],
  ])('%s is another package', async (_, one, other) => {
    await database.isolated(async ({ db }) => {
      const rows = await plantRows(db, sampleRows(), 'packages');
      await plantRow(db, 'packages', { ...rows.packages, name: one });
      await plantRow(db, 'packages', { ...rows.packages, id: newId(), name: other });
      expect(await db.select().from(packages)).toHaveLength(2);
    });
  });

  test('a package cannot be moved onto another one by an update', async () => {
    await database.isolated(async ({ db, attempt }) => {
      const rows = await plantRows(db, sampleRows(), 'packages');
      await plantRow(db, 'packages', { ...rows.packages, name: 'react' });
      await plantRow(db, 'packages', { ...rows.packages, id: newId(), name: 'preact' });
      const error = await attempt(() => db.update(packages).set({ name: 'react' }));
      expect(error).toMatchObject({ code: '23505', constraint: 'packages_name_registry_unique' });
    });
  });
});

describe('active requests', () => {
  const isActive = (status: string): boolean => status === 'pending' || status === 'fetching';
  const pairs = requestStatuses.flatMap((first) =>
    requestStatuses.map((second) => ({
      first,
      second,
      verdict: isActive(first) && isActive(second) ? 'refused' : 'allowed',
    })),
  );

  /** Plants a request in a state and gives a second one for the same package. */
  async function twoRequests(db: Parameters<typeof plantRows>[0], status: string): Promise<Row> {
    const rows = await plantRows(db, sampleRows(), 'packageRequests');
    await plantRow(db, 'packageRequests', { ...rows.packageRequests, status });
    const id = newId();
    return { ...rows.packageRequests, id, sourceRequestId: null, rootRequestId: null };
  }
  const clash = { code: '23505', constraint: 'idx_package_requests_registry_package_name' };

  test.each(pairs)('$second beside $first is $verdict', async ({ first, second, verdict }) => {
    await database.isolated(async ({ db, attempt }) => {
      const row = await twoRequests(db, first);
      const error = await attempt(() =>
        plantRow(db, 'packageRequests', { ...row, status: second }),
      );
      if (verdict === 'allowed') expect(error).toBeUndefined();
      else expect(error).toMatchObject(clash);
    });
  });

  test('claiming a request, giving it back and ending it never meet the key', async () => {
    await database.isolated(async ({ db }) => {
      await twoRequests(db, 'pending');
      for (const status of ['fetching', 'pending', 'fetching', 'failed'] as const) {
        await db.update(packageRequests).set({ status });
      }
      expect(await db.select().from(packageRequests)).toHaveLength(1);
    });
  });

  test('an ended request is not revived beside an active one', async () => {
    await database.isolated(async ({ db, attempt }) => {
      const row = await twoRequests(db, 'failed');
      await plantRow(db, 'packageRequests', { ...row, status: 'fetching' });
      const error = await attempt(() => db.update(packageRequests).set({ status: 'pending' }));
      expect(error).toMatchObject(clash);
    });
  });

  test('history is not limited: any number of ended requests stand side by side', async () => {
    await database.isolated(async ({ db }) => {
      const row = await twoRequests(db, 'completed');
      for (const status of ['completed', 'failed', 'failed', 'pending']) {
        await plantRow(db, 'packageRequests', { ...row, id: newId(), status });
      }
      expect(await db.select().from(packageRequests)).toHaveLength(5);
    });
  });
});

test('these are the unique indexes that the database has', async () => {
  const { tables } = await readCatalog(async (sql) => {
    return (await database.client.query<object>(sql)).rows;
  });
  const found = Object.values(tables).flatMap(({ indexes }) =>
    Object.entries(indexes).flatMap(([name, definition]) =>
      definition.startsWith('CREATE UNIQUE INDEX') ? [name] : [],
    ),
  );
  expect(found.sort()).toEqual(uniques.map(({ constraint }) => constraint).sort());
  expect(new Set(uniques.map(({ table }) => table))).toEqual(new Set(tableNames));
});
