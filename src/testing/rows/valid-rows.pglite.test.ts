import type { PGlite } from '@electric-sql/pglite';
import { getTableName } from 'drizzle-orm';
import { pgTable, text, vector } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as garden from '../../apps/garden/index.ts';
import { gardenMigrations } from '../../apps/garden/migrations-folder.ts';
import { insertSchema } from '../../zod/index.ts';
import { testDatabase, type TestDatabase } from '../test-database.ts';
import { arbitraryRows } from './arbitrary-rows.ts';
import { copyRows } from './copy-rows.ts';
import { validRows } from './valid-rows.ts';

let database: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  database = await testDatabase({ folder: gardenMigrations });
});
afterAll(() => database[Symbol.asyncDispose]());

const tables = ['account', 'packages', 'packageVersions', 'packageDependencies', 'tags'] as const;

const counts = async (client: Pick<PGlite, 'query'>): Promise<readonly number[]> =>
  Promise.all(
    tables.map(async (name) => {
      const sql = `select count(*)::int as count from ${getTableName(garden[name])}`;
      return (await client.query<{ count: number }>(sql)).rows[0]?.count ?? 0;
    }),
  );

test('Postgres stores every row that is drawn', async () => {
  await database.isolated(async ({ client, db }) => {
    const rows = validRows(garden, { count: 40 });
    expect(Object.keys(rows)).toHaveLength(7);
    for (const [name, list] of Object.entries(rows)) {
      await db.insert(garden[name as keyof typeof rows]).values(list as never);
    }
    expect(await counts(client)).toEqual(tables.map(() => 40));
  });
});

test('Postgres loads them by COPY', async () => {
  await database.isolated(async ({ client }) => {
    for (const { sql, lines } of copyRows(garden, { count: 300, seed: 7 })) {
      const blob = new Blob([...lines]);
      await client.query(sql.replace('from stdin', "from '/dev/blob'"), [], { blob });
    }
    expect(await counts(client)).toEqual(tables.map(() => 300));
  });
});

test("COPY's special characters survive in text", async () => {
  const name = 'a\tb\\nc\r\n\\.';
  const samples = { tags: { description: name } };
  const [copied] = [...copyRows({ tags: garden.tags }, { samples })];
  await database.client.exec('create temporary table copied (like tags)');
  const blob = new Blob([...(copied?.lines ?? [])]);
  const sql = copied?.sql.replace('"public"."tags"', 'copied').replace('stdin', "'/dev/blob'");
  await database.client.query(sql ?? '', [], { blob });
  const { rows } = await database.client.query('select description from copied');
  expect(rows).toEqual([{ description: name }]);
});

test('COPY names the columns as the casing of the project does', () => {
  const tables = { notes: pgTable('notes', { firstWord: text().notNull() }) };
  const [plain] = [...copyRows(tables)];
  expect(plain?.sql).toBe('copy "public"."notes" ("firstWord") from stdin');
  const [cased] = [...copyRows(tables, { casing: 'snake_case' })];
  expect(cased?.sql).toBe('copy "public"."notes" ("first_word") from stdin');
  const { notes } = validRows(tables, { casing: 'snake_case' });
  expect(Object.keys(notes[0] ?? {})).toEqual(['firstWord']);
});

test('samples of an unknown table or column are refused', () => {
  for (const [samples, nearest] of [
    [{ tag: {} }, 'did you mean tags?'],
    [{ tags: { colour: '#123456' } }, 'did you mean color?'],
  ] as const) {
    for (const draw of [
      () => validRows(garden, { samples }),
      () => [...copyRows(garden, { samples })],
    ]) {
      expect(draw).toThrow(
        expect.objectContaining({ problem: expect.objectContaining({ fix: nearest }) }),
      );
    }
  }
});

test('a row with a vector passes its validator', () => {
  const spots = pgTable('spots', { at: vector('at', { dimensions: 3 }).notNull() });
  const [row] = validRows({ spots }).spots;
  expect(insertSchema(spots).safeParse(row)).toMatchObject({ success: true });
});

test('the same seed draws the same rows, and another seed draws others', () => {
  const [one, same, other] = [1, 1, 2].map((seed) => validRows(garden, { seed, count: 3 }));
  expect(same).toEqual(one);
  expect(other?.account[0]?.id).not.toBe(one?.account[0]?.id);
});

test('a sample sets its columns, and the others are drawn', () => {
  const { tags } = validRows(garden, { count: 2, samples: { tags: { color: '#123456' } } });
  expect(tags.map(({ color }) => color)).toEqual(['#123456', '#123456']);
  expect(new Set(tags.map(({ name }) => name)).size).toBe(2);
});

test('arbitrary rows pass the validators, and shrink to one', () => {
  const insert = insertSchema(garden.packages);
  const rows = arbitraryRows(fc, garden, { count: 8 });
  fc.assert(
    fc.property(rows, ({ packages }) => packages.every((row) => insert.safeParse(row).success)),
    { numRuns: 30 },
  );
  const { counterexample } = fc.check(fc.property(rows, ({ packages }) => packages.length === 0));
  expect(counterexample?.[0].packages).toHaveLength(1);
});
