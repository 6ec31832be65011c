import { eq, not } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { newId } from '../../src/kit/index.ts';
import { isAlive } from '../../src/kit/index.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import { plantRow, plantRows, rowOf, untouched } from './plant-rows.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

const softly = [
  { table: 'packages', key: 'packages_name_registry_unique' },
  { table: 'tags', key: 'tags_name_unique' },
] as const;

const alive = { deletedAt: null, deletedBy: null };

describe.each(softly)('$table', ({ table: name, key }) => {
  const table = garden[name];

  test('isAlive excludes deleted rows, and includes restored ones', async () => {
    await database.isolated(async ({ db }) => {
      const living = { ...sampleRows()[name], ...alive };
      const rows = await plantRows(db, sampleRows());
      await plantRow(db, name, living);
      const ids = async (which: 'alive' | 'deleted'): Promise<readonly string[]> => {
        const condition = which === 'alive' ? isAlive(table) : not(isAlive(table));
        return (await db.select({ id: table.id }).from(table).where(condition)).map(({ id }) => id);
      };
      expect([await ids('alive'), await ids('deleted')]).toEqual([[living.id], [rows[name].id]]);

      const before = await rowOf(db, name, rows[name].id);
      await db.update(table).set(alive).where(eq(table.id, rows[name].id));
      expect([(await ids('alive')).length, await ids('deleted')]).toEqual([2, []]);
      const after = await rowOf(db, name, rows[name].id);
      expect(untouched(after)).toEqual(untouched({ ...before, ...alive }));
    });
  });

  test('a deleted row keeps its name, so it can be restored but not created again', async () => {
    await database.isolated(async ({ db, attempt }) => {
      const rows = await plantRows(db, sampleRows());
      const again = { ...rows[name], id: newId(), ...alive };
      expect(await attempt(() => plantRow(db, name, again))).toMatchObject({
        code: '23505',
        constraint: key,
      });
    });
  });
});
