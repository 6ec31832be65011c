import { eq, not } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { newId } from '../../src/kit/index.ts';
import { account } from '../../src/apps/garden/index.ts';
import { isAlive } from '../../src/kit/index.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import { plantRow, plantRows, rowOf, untouched, type TableName } from './plant-rows.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

interface SoftlyDeleted {
  readonly table: 'packages' | 'tags';
  /** The tables whose rows point at it. */
  readonly children: readonly TableName[];
  readonly key: string;
}

const softly: readonly SoftlyDeleted[] = [
  {
    table: 'packages',
    children: ['packageVersions', 'packageDependencies', 'packageRequests', 'packageTags'],
    key: 'packages_name_registry_unique',
  },
  { table: 'tags', children: ['packageTags'], key: 'tags_name_unique' },
];

const deletedAt = new Date('2026-03-04T05:06:07.089Z');
const alive = { deletedAt: null, deletedBy: null };

describe.each(softly)('$table', ({ table: name, children, key }) => {
  const table = garden[name];

  test('a deleted row and its children stay; the row says when and by whom', async () => {
    await database.isolated(async ({ db }) => {
      const sample = sampleRows();
      const rows = await plantRows(db, { ...sample, [name]: { ...sample[name], ...alive } });
      const before = await Promise.all(children.map((child) => rowOf(db, child, rows[child].id)));

      await db.update(table).set({ deletedAt, deletedBy: rows.account.id });

      expect(await rowOf(db, name, rows[name].id)).toMatchObject({
        deletedAt,
        deletedBy: rows.account.id,
      });
      const after = await Promise.all(children.map((child) => rowOf(db, child, rows[child].id)));
      expect(after).toEqual(before);
      expect(after).not.toContain(undefined);
    });
  });

  test('isAlive tells the living from the deleted, and a restored row is alive again', async () => {
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

  test('a deleted row keeps its name: it is restored, not made anew', async () => {
    await database.isolated(async ({ db, attempt }) => {
      const rows = await plantRows(db, sampleRows());
      const again = { ...rows[name], id: newId(), ...alive };
      expect(await attempt(() => plantRow(db, name, again))).toMatchObject({
        code: '23505',
        constraint: key,
      });
    });
  });

  test('who deleted it must be an account; without one it is deleted by nobody', async () => {
    await database.isolated(async ({ db, attempt }) => {
      const rows = await plantRows(db, sampleRows());
      const error = await attempt(() => db.update(table).set({ deletedBy: newId() }));
      expect(error).toMatchObject({ code: '23503', constraint: `fk_${name}_deleted_by_account` });

      await db.delete(account).where(eq(account.id, rows.account.id));
      const left = await rowOf(db, name, rows[name].id);
      // The time alone decides whether a row is deleted.
      expect(left).toMatchObject({ deletedAt: rows[name].deletedAt, deletedBy: null });
    });
  });
});

test('these are the tables that are softly deleted', () => {
  const found = Object.entries(garden).flatMap(([name, value]) =>
    typeof value === 'object' && 'deletedAt' in value ? [name] : [],
  );
  expect(found.sort()).toEqual(softly.map(({ table }) => table).sort());
});
