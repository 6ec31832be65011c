import { getTableColumns, getTableName } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import { plantRow, plantRows, tableNames, type Row } from './plant-rows.ts';
import { readCatalog } from './read-catalog.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

const columns = tableNames.flatMap((table) =>
  Object.entries(getTableColumns(garden[table])).map(([key, { name, notNull, generated }]) => ({
    table,
    key,
    name,
    place: `${getTableName(garden[table])}.${name}`,
    notNull,
    generated: generated !== undefined,
  })),
);
// The database fills in what is generated.
const written = columns.filter(({ generated }) => !generated);
const required = written.filter(({ notNull }) => notNull);
const optional = written.filter(({ notNull }) => !notNull);

test.each(required)('$place refuses null, and has no default', async ({ table, key, name }) => {
  await database.isolated(async ({ db, attempt }) => {
    const rows = await plantRows(db, sampleRows(), table);
    const { [key]: _, ...without } = rows[table] as unknown as Row;
    for (const row of [{ ...without, [key]: null }, without]) {
      expect(await attempt(() => plantRow(db, table, row))).toMatchObject({
        code: '23502',
        column: name,
      });
    }
    await plantRow(db, table, rows[table]);
    // An explicit null in an update is refused too.
    const update = attempt(() => db.update(garden[table]).set({ [key]: null } as never));
    expect(await update).toMatchObject({ code: '23502', column: name });
  });
});

test.each(optional)('$place takes null, and is null where it is left out', async (column) => {
  const { table, key } = column;
  await database.isolated(async ({ db }) => {
    const rows = await plantRows(db, sampleRows(), table);
    const { [key]: _, ...without } = rows[table] as unknown as Row;
    await plantRow(db, table, without);
    expect((await db.select().from(garden[table]))[0]).toHaveProperty(key, null);
  });
});

test('these are the columns that the database has', async () => {
  const { tables } = await readCatalog(async (sql) => {
    return (await database.client.query<object>(sql)).rows;
  });
  const found = Object.entries(tables).flatMap(([table, { columns }]) =>
    Object.entries(columns).map(([name, { nullable }]) => ({
      place: `${table}.${name}`,
      notNull: !nullable,
    })),
  );
  const order = (a: { place: string }, b: { place: string }): number =>
    a.place < b.place ? -1 : 1;
  expect(found.sort(order)).toEqual(
    columns.map(({ place, notNull }) => ({ place, notNull })).sort(order),
  );
});
