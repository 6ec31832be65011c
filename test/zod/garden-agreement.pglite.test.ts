import { getTableColumns, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { readColumnType } from '../../src/read/drizzle/read-column-type.ts';
import type { IsolatedTest } from '../../src/testing/index.ts';
import { insertSchema, selectSchema, updateSchema } from '../../src/zod/index.ts';
import { hostileValue } from './hostile-values.ts';
import { sampleRows, type SampleRows } from './sample-rows.ts';
import { sharedDatabase, type SharedDatabase } from '../garden/shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

type Row = Record<string, unknown>;
type Isolated = IsolatedTest<typeof garden>;

/** In the order in which rows can be put in. */
const tables = Object.keys(sampleRows()) as (keyof SampleRows)[];

/** Some columns of a row, replaced by values that one side may refuse. */
function changes(table: PgTable, row: Row, without: readonly string[] = []): fc.Arbitrary<Row> {
  const columns = Object.entries(getTableColumns(table)).filter(
    // What the database generates is in no schema, and Drizzle leaves it out of a statement.
    ([key, column]) => !without.includes(key) && column.generated === undefined,
  );
  const one = fc
    .constantFrom(...columns)
    .chain(([key, column]) =>
      fc
        .oneof(
          { weight: 8, arbitrary: hostileValue(readColumnType(column), row[key]) },
          { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
        )
        .map((value) => ({ [key]: value })),
    );
  return fc.array(one, { maxLength: 3 }).map((list) => Object.assign({}, ...list) as Row);
}

/** Puts in the rows that the table's row points at. */
async function parents({ db }: Isolated, rows: SampleRows, name: keyof SampleRows): Promise<void> {
  for (const parent of tables.slice(0, tables.indexOf(name))) {
    await db.insert(garden[parent]).values(rows[parent] as never);
  }
}

/** Every column but generated ones, as the database gives it back: what was left out is null. */
function stored(table: PgTable, row: Row): Row {
  return Object.fromEntries(
    Object.entries(getTableColumns(table)).flatMap(([key, column]) =>
      column.generated === undefined ? [[key, asRead(row[key] ?? null)]] : [],
    ),
  );
}

/** PGlite's text decoder drops a byte order mark at the start of what it reads; the row has it. */
const asRead = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/^\ufeff/, '') : value;

const seen = { accepted: 0, refused: 0 };

describe.each(tables)('%s', (name) => {
  const table: PgTable = garden[name];
  const insert = insertSchema(table);
  const update = updateSchema(table);
  const select = selectSchema(table);

  test('what the insert schema accepts the database stores, what it refuses the database refuses', async () => {
    await database.isolated(async (isolated) => {
      const rows = sampleRows();
      await parents(isolated, rows, name);
      await fc.assert(
        fc.asyncProperty(changes(table, rows[name] as Row), async (change) => {
          const row = { ...(rows[name] as Row), ...change };
          const verdict = insert.safeParse(row);
          const error = await isolated.attempt(() =>
            isolated.db.insert(table).values(row as never),
          );
          expect({ accepted: verdict.success }, verdict.error?.message ?? error?.message).toEqual({
            accepted: error === undefined,
          });
          seen[verdict.success ? 'accepted' : 'refused'] += 1;
          if (!verdict.success) return;
          const [found] = await isolated.db.delete(table).returning();
          expect(found).toMatchObject(stored(table, verdict.data as Row));
          expect(select.parse(found)).toEqual(found);
        }),
        { numRuns: 250 },
      );
    });
  });

  test('what the update schema accepts the database stores, what it refuses the database refuses', async () => {
    await database.isolated(async (isolated) => {
      const rows = sampleRows();
      const sample = rows[name] as Row;
      await parents(isolated, rows, name);
      await isolated.db.insert(table).values(sample as never);
      await fc.assert(
        fc.asyncProperty(changes(table, sample, ['id']), async (change) => {
          const verdict = update.safeParse(change);
          const nothing = Object.values(change).every((value) => value === undefined);
          const error = await isolated.attempt(async () => {
            if (nothing) return;
            await isolated.db.update(table).set(change as never);
          });
          expect({ accepted: verdict.success }, verdict.error?.message ?? error?.message).toEqual({
            accepted: error === undefined,
          });
          seen[verdict.success ? 'accepted' : 'refused'] += 1;
          if (!verdict.success) return;
          const [found] = await isolated.db.select().from(table);
          for (const [key, value] of Object.entries(verdict.data as Row)) {
            // The trigger fills in an updatedAt that an update left as it was.
            if (value !== undefined && key !== 'updatedAt')
              expect(found).toHaveProperty(key, asRead(value));
          }
          await isolated.db.delete(table);
          await isolated.db.insert(table).values(sample as never);
        }),
        { numRuns: 150 },
      );
    });
  });

  test('an update cannot name the key, and no schema takes an unknown column', () => {
    const sample = sampleRows()[name] as Row;
    expect(update.safeParse({ id: sample['id'] }).success).toBe(false);
    expect(update.safeParse({}).success).toBe(true);
    for (const schema of [insert, update, select]) {
      expect(schema.safeParse({ ...sample, nonsense: 1 }).success).toBe(false);
    }
  });
});

test('the comparison was not empty: both verdicts are frequent', () => {
  const share = seen.accepted / (seen.accepted + seen.refused);
  expect(seen.accepted + seen.refused).toBeGreaterThan(2_000);
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.8);
});

test('the sample covers every table that the package exports', () => {
  const exported = Object.entries(garden).flatMap(([key, value]) =>
    is(value, PgTable) ? [key] : [],
  );
  expect(tables.toSorted()).toEqual(exported.toSorted());
});
