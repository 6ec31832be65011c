import {
  createTableRelationsHelpers,
  extractTablesRelationalConfig,
  is,
  Many,
  normalizeRelation,
  One,
  type TablesRelationalConfig,
} from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { sampleRows, type SampleRows } from '../zod/sample-rows.ts';
import { foreignKeys } from './foreign-key-list.ts';
import { exportNames, plantRow, plantRows, tableNames, type Row } from './plant-rows.ts';
import type { TableName } from './plant-rows.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';
import { newId } from '../../src/kit/index.ts';

let database: TestDatabase<typeof garden>;
let samples: readonly SampleRows[];
beforeAll(async () => {
  database = await testDatabase({ schema: garden, folder: gardenMigrations });
  samples = await threeGardens();
});
afterAll(() => database[Symbol.asyncDispose]());

/**
 * Three samples. The keys of a row lead to different samples, so a relation that uses the
 * wrong key finds the wrong row.
 */
async function threeGardens(): Promise<readonly SampleRows[]> {
  const { db } = database;
  const [a, b, c] = [sampleRows(), sampleRows(), sampleRows()] as const;
  for (const rows of [a, b, c]) await plantRows(db, rows, 'packageDependencies');
  const ring = [
    [a, b, c],
    [b, c, a],
    [c, a, b],
  ] as const;
  for (const [own, next, last] of ring) {
    await plantRow(db, 'packageDependencies', {
      ...own.packageDependencies,
      versionId: next.packageVersions.id,
      dependencyPackageId: next.packages.id,
      resolvedVersionId: last.packageVersions.id,
    });
    await plantRow(db, 'tags', own.tags);
  }
  const chain = [a, b, c].map(({ packageRequests }) => packageRequests);
  for (const [step, row] of chain.entries()) {
    await plantRow(db, 'packageRequests', {
      ...row,
      packageId: (step === 2 ? a : c).packages.id,
      requestedBy: step === 0 ? null : b.account.id,
      sourceRequestId: chain[step - 1]?.id ?? null,
      rootRequestId: chain[0]?.id,
    });
  }
  for (const [own, next, last] of ring) {
    // Two tags per package, and two packages per tag.
    for (const tag of [next, last]) {
      await plantRow(db, 'packageTags', {
        ...own.packageTags,
        id: newId(),
        tagId: tag.tags.id,
        createdBy: last.account.id,
      });
    }
  }
  return [a, b, c];
}

/** All rows of a table, with one relation or without. */
async function rowsWith(table: TableName, relation?: string): Promise<readonly Row[]> {
  // The cast is needed because Drizzle's types require the relation's name as a literal.
  const query = database.db.query[table] as unknown as {
    findMany(config: { with: Record<string, true> }): Promise<Row[]>;
  };
  return query.findMany({ with: relation ? { [relation]: true } : {} });
}

describe.each(foreignKeys)('$constraint', ({ table, column, target, one, many }) => {
  test(`${table}.${one} is the row that ${column} references, or null`, async () => {
    const targets = await rowsWith(target);
    const rows = await rowsWith(table, one);
    expect(rows.length).toBeGreaterThanOrEqual(3);
    for (const row of rows) {
      const expected = targets.find(({ id }) => id === row[column]) ?? null;
      expect(row[one]).toEqual(expected);
    }
    expect(rows.some((row) => row[one] !== null)).toBe(true);
  });

  test(`${target}.${many} are the rows whose ${column} references it`, async () => {
    const all = await rowsWith(table);
    const rows = await rowsWith(target, many);
    const byId = (a: Row, b: Row): number => (String(a['id']) < String(b['id']) ? -1 : 1);
    for (const row of rows) {
      const expected = all.filter((child) => child[column] === row['id']).sort(byId);
      expect((row[many] as Row[]).toSorted(byId)).toEqual(expected);
    }
    expect(rows.some((row) => (row[many] as Row[]).length > 0)).toBe(true);
  });
});

describe('through the join table', () => {
  test('a package finds its tags', async () => {
    const [a, b, c] = samples as [SampleRows, SampleRows, SampleRows];
    const found = await database.db.query.packages.findMany({
      with: { tagAssignments: { with: { tag: true } } },
    });
    const slugs = Object.fromEntries(
      found.map(({ id, tagAssignments }) => [
        id,
        tagAssignments.map(({ tag }) => tag.slug).toSorted(),
      ]),
    );
    expect(slugs).toEqual({
      [a.packages.id]: [b.tags.slug, c.tags.slug].sort(),
      [b.packages.id]: [a.tags.slug, c.tags.slug].sort(),
      [c.packages.id]: [a.tags.slug, b.tags.slug].sort(),
    });
  });

  test('a tag finds its packages', async () => {
    const [a, b, c] = samples as [SampleRows, SampleRows, SampleRows];
    const found = await database.db.query.tags.findFirst({
      where: (tag, { eq }) => eq(tag.id, a.tags.id),
      with: { assignments: { with: { package: { columns: { name: true } } } } },
    });
    expect(found?.assignments.map(({ package: { name } }) => name).sort()).toEqual(
      [b.packages.name, c.packages.name].sort(),
    );
  });
});

test('one query reads a dependency graph: versions, their dependencies and dependents', async () => {
  const [a] = samples as [SampleRows];
  const found = await database.db.query.packages.findFirst({
    where: (row, { eq }) => eq(row.id, a.packages.id),
    with: {
      versions: { with: { dependents: { with: { package: true, resolvedPackageVersion: true } } } },
      dependents: { with: { package: { with: { deleter: true } } } },
    },
  });
  const [version] = found?.versions ?? [];
  expect(version?.dependents.map((row) => row.resolvedPackageVersion?.id)).toEqual([
    a.packageVersions.id,
  ]);
  expect(found?.dependents.map((row) => row.package.deleter?.id)).toEqual([samples[2]?.account.id]);
});

describe('the definitions', () => {
  const { tables, tableNamesMap } = extractTablesRelationalConfig<TablesRelationalConfig>(
    garden,
    createTableRelationsHelpers,
  );

  /** Each relation as Drizzle interprets it. */
  const relations = Object.values(tables).flatMap(({ tsName, relations }) =>
    Object.entries(relations).map(([name, relation]) => {
      const { fields, references } = normalizeRelation(tables, tableNamesMap, relation);
      return {
        table: tsName,
        name,
        kind: is(relation, One) ? 'one' : is(relation, Many) ? 'many' : 'neither',
        fields: fields.map((column) => column.name),
        target: exportNames[relation.referencedTableName],
        references: references.map((column) => column.name),
      };
    }),
  );

  /** The expected relations of a foreign key. */
  const wanted = tableNames.flatMap((table) => {
    const config = getTableConfig(garden[table] as PgTable);
    return config.foreignKeys.flatMap((key) => {
      const { columns, foreignColumns, foreignTable } = key.reference();
      const own = columns.map((column) => column.name);
      const other = foreignColumns.map((column) => column.name);
      const target = exportNames[getTableConfig(foreignTable).name];
      const names = foreignKeys.find(({ constraint }) => constraint === key.getName());
      return [
        { table, name: names?.one, kind: 'one', fields: own, target, references: other },
        {
          table: target,
          name: names?.many,
          kind: 'many',
          fields: other,
          target: table,
          references: own,
        },
      ];
    });
  });

  test('every foreign key has a relation in each direction, and there are no other relations', () => {
    const order = (a: object, b: object): number =>
      JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
    expect(relations.toSorted(order)).toEqual(wanted.toSorted(order));
  });

  test('no relation has the same name as a column', () => {
    const clashes = relations.filter(({ table, name }) => name in garden[table as TableName]);
    expect(clashes).toEqual([]);
  });
});
