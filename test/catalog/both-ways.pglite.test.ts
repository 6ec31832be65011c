import type { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { sql } from 'drizzle-orm';
import { check, index, pgSchema, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import type { Schema } from '../../src/model/schema.ts';
import { compareSchemas } from '../../src/read/catalog/compare-schemas.ts';
import { readCatalog } from '../../src/read/catalog/read-catalog.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';
import { testDatabase, type TestDatabase } from '../../src/testing/test-database.ts';
import * as hostile from './hostile-schema.fixture.ts';
import { catalogOf, definitionsOf, statementsOf } from './made-database.ts';

const exact = { expressions: false };

let client: PGlite;
let migrated: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  client = await blankPostgres();
  migrated = await testDatabase({ folder: gardenMigrations });
});
afterAll(async () => {
  await client.close();
  await migrated[Symbol.asyncDispose]();
});

/** Runs a test in an empty database; what it does is rolled back. */
async function inPostgres(run: () => Promise<void>): Promise<void> {
  await client.exec('begin');
  try {
    await run();
  } finally {
    await client.exec('rollback');
  }
}

test.each([undefined, 'snake_case', 'camelCase'] as const)(
  'a hostile schema in casing %s is the same in Drizzle and in the database that it makes',
  (casing) =>
    inPostgres(async () => {
      await client.exec('create role reader; create view elsewhere as select gen_random_uuid() id');
      for (const statement of await statementsOf(hostile, casing)) await client.exec(statement);
      const definitions = definitionsOf(hostile, casing);
      expect(compareSchemas(definitions, await catalogOf(client), exact)).toEqual([]);
    }),
);

test('the garden is the same in Drizzle and in its migrated database', async () => {
  const found = await catalogOf(migrated.client);
  expect(compareSchemas(definitionsOf(garden), found, exact)).toEqual([]);
  expect(found.tables.length).toBeGreaterThan(6);
});

test('an extension that only one server has is not a difference, nor are its indexes', async () => {
  await using other = await testDatabase({ folder: gardenMigrations, extensions: { pg_trgm } });
  const expected = await catalogOf(migrated.client);
  const indexes = { idx_trigrams: 'packages using gin (name gin_trgm_ops)' };
  await other.client.exec(`create index idx_trigrams on ${indexes.idx_trigrams}`);
  const found = await catalogOf(other.client);
  const extensions = [{ name: 'pg_trgm', optional: true, indexes }] as const;
  const differences = (from: Schema, to: Schema) =>
    compareSchemas(from, to, { expressions: true }).map(({ kind, object }) => [kind, object]);
  expect(differences({ ...expected, extensions }, found)).toEqual([]);
  expect(differences({ ...expected, extensions: [] }, found)).toEqual([
    ['index', 'public.packages.idx_trigrams'],
  ]);
  await other.client.exec('drop extension pg_trgm cascade');
  expect(differences(found, await catalogOf(other.client))).toEqual([
    ['extension', 'pg_trgm'],
    ['index', 'public.packages.idx_trigrams'],
  ]);
});

// drizzle-kit does not escape a quote in a name.
const quoted = pgSchema('a"b.c');
const names = quoted.table('t".n', { id: uuid('i"d'), other: text('o.th"er') }, (t) => [
  primaryKey({ name: 'p"k', columns: [t.id] }),
  unique('u"q.').on(t.other),
  index('i"x').on(t.other.desc().nullsFirst()),
  check('c"k', sql`${t.other} <> ''`),
]);

test('names with quotes and dots are the same on both sides', () =>
  inPostgres(async () => {
    await client.exec(`create schema "a""b.c";
      create table "a""b.c"."t"".n" ("i""d" uuid, "o.th""er" text,
        constraint "p""k" primary key ("i""d"), constraint "u""q." unique ("o.th""er"),
        constraint "c""k" check ("o.th""er" <> ''));
      create index "i""x" on "a""b.c"."t"".n" ("o.th""er" desc);`);
    const found = await catalogOf(client);
    expect(compareSchemas(definitionsOf({ quoted, names }), found, exact)).toEqual([]);
    expect(found.tables.map(({ id }) => id)).toEqual(['"a""b.c"."t"".n"']);
  }));

test('it changes nothing, and sees the state of its transaction', async () => {
  await client.exec('set search_path to nowhere, public');
  await client.exec('begin; create table seen (id int check (id > 0))');
  const inside = await catalogOf(client);
  expect(inside.tables.map(({ id }) => id)).toEqual(['seen']);
  const { rows } = await client.query('show search_path');
  expect(rows).toEqual([{ search_path: 'nowhere, public' }]);
  await client.exec('rollback; begin transaction read only');
  expect((await catalogOf(client)).tables).toEqual([]);
  await client.exec('rollback; reset search_path');
});

test('the search path of the caller does not affect the result', () =>
  inPostgres(async () => {
    await client.exec(`create schema other; create type other.word as enum ('a');
      create function other.yes() returns boolean immutable language sql return true;
      create table t (w other.word default 'a' check (other.yes()))`);
    const plain = await catalogOf(client);
    await client.exec('set search_path to other, public');
    expect(await catalogOf(client)).toEqual(plain);
    expect(plain.tables[0]).toMatchObject({
      columns: [{ type: { kind: 'enum', schema: 'other' }, defaultSql: "'a'::other.word" }],
      checks: [{ sql: 'other.yes()' }],
    });
  }));

test('only the requested schemas', () =>
  inPostgres(async () => {
    await client.exec(`create schema "o'ne"; create table "o'ne".t (); create table t ()`);
    const query = async (text: string) => (await client.query<Record<string, unknown>>(text)).rows;
    const { tables } = await readCatalog(query, { schemas: ["o'ne"] });
    expect(tables.map(({ id }) => id)).toEqual(["o'ne.t"]);
  }));
