import { eq, getTableColumns } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import { plantRows, rowOf, tableNames, type Row } from './plant-rows.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

const touched = tableNames.filter((name) => 'updatedAt' in getTableColumns(garden[name]));
const long = new Date('2020-01-02T03:04:05.678Z');
const given = new Date('2021-02-03T04:05:06.789Z');

test('every table whose rows change has the time of the change', () => {
  expect(touched).toEqual(['account', 'packages', 'packageRequests', 'tags']);
});

test.each(touched)(
  '%s: an update that forgets updated_at gets the time of its transaction',
  async (name) => {
    await database.isolated(async ({ db, client }) => {
      const { [name]: sample, ...others } = sampleRows();
      const { id } = sample;
      await plantRows(db, { ...others, [name]: { ...sample, updatedAt: long } } as never);
      const change = async (set: Row): Promise<unknown> => {
        await db
          .update(garden[name])
          .set(set as never)
          .where(eq(garden[name].id, id));
        return (await rowOf(db, name, id))?.['updatedAt'];
      };
      const { rows } = await client.query<{ now: Date }>('select now()::timestamptz(3) as now');

      expect((await rowOf(db, name, id))?.['updatedAt']).toEqual(long);
      expect(await change({ createdAt: given })).toEqual(rows[0]?.now);
      // Who sets it is believed.
      expect(await change({ createdAt: long, updatedAt: given })).toEqual(given);
      // To set it to what it was is to forget it.
      expect(await change({ createdAt: given, updatedAt: given })).toEqual(rows[0]?.now);
    });
  },
);
