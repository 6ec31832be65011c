import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { sampleRows, type SampleRows } from '../zod/sample-rows.ts';
import { foreignKeys } from './foreign-key-list.ts';
import { plantRow, plantRows, removeRow, rowOf, untouched, type TableName } from './plant-rows.ts';
import { readCatalog } from './read-catalog.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

/** A row like the sample's, and pointing with one of its keys at another sample's row. */
function pointing(rows: SampleRows, table: TableName, column: string, target: { id: string }) {
  // Two samples have the same version, which one package may not have twice.
  const unlike = table === 'packageVersions' ? { version: '2.0.0' } : {};
  return { ...rows[table], ...unlike, [column]: target.id };
}

describe.each(foreignKeys)('$constraint', ({ constraint, table, column, target, onDelete }) => {
  test('refuses an id that no row has', async () => {
    await database.isolated(async ({ db, attempt }) => {
      const rows = await plantRows(db, sampleRows(), table);
      const row = { ...rows[table], [column]: newId() };
      const error = await attempt(() => plantRow(db, table, row));
      expect(error).toMatchObject({ code: '23503', constraint });
    });
  });

  test(`deleting the target: ${onDelete}`, async () => {
    await database.isolated(async ({ db }) => {
      const other = await plantRows(db, sampleRows());
      const rows = await plantRows(db, sampleRows(), table);
      const row = pointing(rows, table, column, other[target]);
      await plantRow(db, table, row);
      const before = await rowOf(db, table, row.id);
      await removeRow(db, target, other[target].id);
      expect(untouched(await rowOf(db, table, row.id))).toEqual(
        onDelete === 'cascade' ? undefined : untouched({ ...before, [column]: null }),
      );
    });
  });

  test('deleting the row leaves the target', async () => {
    await database.isolated(async ({ db }) => {
      const other = await plantRows(db, sampleRows());
      const rows = await plantRows(db, sampleRows(), table);
      await plantRow(db, table, pointing(rows, table, column, other[target]));
      const before = await rowOf(db, target, other[target].id);
      await removeRow(db, table, rows[table].id);
      expect(await rowOf(db, target, other[target].id)).toEqual(before);
    });
  });
});

test('these are the foreign keys that the database has', async () => {
  const { tables } = await readCatalog(async (sql) => {
    return (await database.client.query<object>(sql)).rows;
  });
  const found = Object.values(tables).flatMap(({ constraints }) =>
    Object.entries(constraints).filter(([, definition]) => definition.startsWith('FOREIGN KEY')),
  );
  expect(found.map(([name]) => name).sort()).toEqual(
    foreignKeys.map(({ constraint }) => constraint).sort(),
  );
  for (const [name, definition] of found) {
    const key = foreignKeys.find(({ constraint }) => constraint === name);
    // Always written out, and keys never change: nothing happens on update.
    expect(definition).toMatch(/ ON DELETE (CASCADE|SET NULL)$/);
    expect(definition.toLowerCase()).toMatch(new RegExp(` on delete ${key?.onDelete}$`));
  }
});
