import type { PGlite } from '@electric-sql/pglite';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { beforeAll, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { testDatabase } from '../../src/testing.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { openDump } from '../../src/postgres/open-dump.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import { journalEntries, migrationsFolder, withSteps } from './migration-steps.ts';
import { tableNames, type Row, type TableName } from './plant-rows.ts';
import { readCatalog, type Catalog } from './read-catalog.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

const entries = journalEntries();

/** The result of all migrations in one run, as in `testDatabase`. */
let complete: Catalog;
/** A dump of the database after each step, starting with the empty database. */
const dumps: (Blob | File)[] = [];

beforeAll(async () => {
  await using database = await testDatabase({ folder: gardenMigrations });
  complete = await catalogOf(database.client);

  // One database runs all the steps, because a new one for each would take seconds.
  const walked = await blankPostgres();
  for (let step = 0; step <= entries.length; step += 1) {
    await withSteps(step, (folder) => migrate(drizzle(walked), { migrationsFolder: folder }));
    dumps.push(await walked.dumpDataDir('none'));
  }
  await walked.close();
});

// Every number of applied steps, from none to all, that a release may find.
const steps = Array.from({ length: entries.length + 1 }, (_, step) => ({
  step,
  last: entries[step - 1]?.tag ?? 'nothing',
}));

test.each(steps)('from $last, the rest is applied once and the rows survive', async ({ step }) => {
  await atStep(step, async (client) => {
    const before = await plantEarlierRows(client);
    if (step === entries.length) expect([...before.keys()]).toEqual(tableNames);

    await migrate(drizzle(client), { migrationsFolder });
    expect(await catalogOf(client)).toEqual(complete);
    const applied = await appliedTo(client);
    expect(applied.map((row) => Number(row['created_at']))).toEqual(
      entries.map(({ when }) => when),
    );
    for (const [table, row] of before) {
      expect(await allRows(client, table), table).toEqual([expect.objectContaining(row)]);
    }

    await migrate(drizzle(client), { migrationsFolder });
    expect(await appliedTo(client)).toEqual(applied);
    expect(await catalogOf(client)).toEqual(complete);
  });
});

test('a failing migration changes nothing, and can be repeated', async () => {
  await atStep(0, async (client) => {
    await client.exec('create table tags (mine integer)');
    await expect(migrate(drizzle(client), { migrationsFolder })).rejects.toThrow('tags');
    expect(Object.keys((await catalogOf(client)).tables)).toEqual(['tags']);
    expect(await appliedTo(client)).toEqual([]);

    await client.exec('drop table tags');
    await migrate(drizzle(client), { migrationsFolder });
    expect(await catalogOf(client)).toEqual(complete);
  });
});

/** Runs with a database that has the given number of steps. */
async function atStep(step: number, run: (client: PGlite) => Promise<void>): Promise<void> {
  const dump = dumps[step];
  if (!dump) throw new RangeError(`there is no step ${step}`);
  const client = await openDump(dump);
  try {
    expect(await appliedTo(client)).toHaveLength(step);
    await run(client);
  } finally {
    await client.close();
  }
}

async function catalogOf(client: PGlite): Promise<Catalog> {
  return readCatalog(async (sql) => (await client.query<object>(sql)).rows);
}

/** The migrations in the history of the database. */
async function appliedTo(client: PGlite): Promise<readonly Row[]> {
  const sql = 'select * from drizzle.__drizzle_migrations order by id';
  return (await client.query<Row>(sql)).rows;
}

/**
 * Inserts the sample into a database of an earlier step, as far as its tables and columns
 * exist. Returns the stored rows by table.
 */
async function plantEarlierRows(client: PGlite): Promise<ReadonlyMap<TableName, Row>> {
  const { tables } = await catalogOf(client);
  const rows = sampleRows();
  const planted = new Map<TableName, Row>();
  for (const name of tableNames) {
    const table = getTableName(garden[name]);
    const known = tables[table]?.columns;
    if (!known) continue;
    const row = Object.entries(getTableColumns(garden[name])).flatMap(([key, column]) =>
      column.name in known && column.generated === undefined
        ? [[column.name, rows[name][key as keyof object]]]
        : [],
    );
    const columns = row.map(([column]) => `"${column}"`).join(', ');
    await client.query(
      `insert into ${table} (${columns})
       select ${columns} from jsonb_populate_record(null::${table}, $1::jsonb)`,
      [JSON.stringify(Object.fromEntries(row))],
    );
    planted.set(name, (await allRows(client, name))[0] ?? {});
  }
  return planted;
}

async function allRows(client: PGlite, name: TableName): Promise<readonly Row[]> {
  return (await client.query<Row>(`select * from ${getTableName(garden[name])}`)).rows;
}
