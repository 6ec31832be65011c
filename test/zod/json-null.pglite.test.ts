import type { PGlite } from '@electric-sql/pglite';
import { eq, sql } from 'drizzle-orm';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import { json, jsonb } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { id, newId, pgTable } from '../../src/kit/index.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { insertSchema, selectSchema, updateSchema } from '../../src/zod/index.ts';

const things = pgTable('things', {
  id: id(),
  jsonb: jsonb('jsonb').notNull(),
  json: json('json').notNull(),
  withDefault: jsonb('with_default').notNull().default({}),
  optional: jsonb('optional'),
  list: jsonb('list').array().notNull(),
});
type Column = Exclude<keyof typeof things.$inferSelect, 'id'>;
const columns: readonly Column[] = ['jsonb', 'json', 'withDefault', 'optional', 'list'];
const sound = { jsonb: {}, json: {}, withDefault: {}, optional: {}, list: [] };

let client: PGlite;
let db: PgliteDatabase;
beforeAll(async () => {
  client = await blankPostgres();
  db = drizzle(client);
  await client.exec(`create table things (
    id uuid primary key, jsonb jsonb not null, json json not null,
    with_default jsonb not null default '{}', optional jsonb, list jsonb[] not null)`);
});
afterAll(() => client.close());

const passes = (run: PromiseLike<unknown>): Promise<boolean> =>
  Promise.resolve(run).then(
    () => true,
    () => false,
  );

const values = [null, {}, { a: null }, [null], [[null]], 'null', 0, false, ''];
const cases = columns.flatMap((column) =>
  values
    .filter((value) => column !== 'list' || value === null || Array.isArray(value))
    .map((value) => ({ column, value })),
);

describe.each(cases)('$column as $value is validated as in Postgres', ({ column, value }) => {
  test('in a new row', async () => {
    const row = { ...sound, id: newId(), [column]: value };
    expect(insertSchema(things).safeParse(row).success).toBe(
      await passes(db.insert(things).values(row as never)),
    );
  });

  test('in a change', async () => {
    const key = newId();
    await db.insert(things).values({ ...sound, id: key });
    const change = { [column]: value };
    expect(updateSchema(things).safeParse(change).success).toBe(
      await passes(
        db
          .update(things)
          .set(change as never)
          .where(eq(things.id, key)),
      ),
    );
  });
});

test('so is any JSON value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constant(null), fc.jsonValue()), async (value) => {
      const row = { ...sound, id: newId(), jsonb: value };
      expect(insertSchema(things).safeParse(row).success).toBe(
        await passes(db.insert(things).values(row)),
      );
    }),
    { numRuns: 60 },
  );
});

test('a JSON null that was stored by SQL is read', async () => {
  await client.exec('truncate things');
  await db.insert(things).values({ ...sound, id: newId(), jsonb: sql`'null'::jsonb` });
  const rows = await db.select().from(things);
  expect(rows).toMatchObject([{ jsonb: null }]);
  expect(selectSchema(things).array().safeParse(rows).success).toBe(true);
});
