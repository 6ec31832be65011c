import { beforeAll, describe, expect, test } from 'vitest';
import { packages } from '../../src/apps/garden/index.ts';
import { newId } from '../../src/kit/index.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import { plantRow, plantRows } from './plant-rows.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

describe('names', () => {
  test.each([
    ['another case', 'react', 'React'],
    ['a space more', 'react', 'react '],
    // Names are not normalized: the registry decides whether these two are the same name.
    ['another normal form', 'caf\u00e9', 'cafe\u0301'],
  ])('%s is another package', async (_, one, other) => {
    await database.isolated(async ({ db }) => {
      const rows = await plantRows(db, sampleRows(), 'packages');
      await plantRow(db, 'packages', { ...rows.packages, name: one });
      await plantRow(db, 'packages', { ...rows.packages, id: newId(), name: other });
      expect(await db.select().from(packages)).toHaveLength(2);
    });
  });
});
