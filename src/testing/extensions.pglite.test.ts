import { pgTable, text, uuid, vector } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { problemOf } from '../migrations/expect-problem.fixture.ts';
import { writeMigrations } from '../migrations/write-migrations.fixture.ts';
import { migrate } from '../migrations/index.ts';
import { blankPostgres } from './blank-postgres.fixture.ts';
import { testSchema } from './schema/test-schema.ts';
import { testDatabase } from './test-database.ts';

const ALL = `create extension citext; create extension ltree; create extension hstore;
  create extension unaccent; create extension fuzzystrmatch; create extension pgcrypto;
  create extension btree_gist; create extension moddatetime; create extension earthdistance cascade;`;

test('testSchema() loads the extensions that the migrations create', async () => {
  const notes = pgTable('notes', {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuid_generate_v4()`),
    title: text('title').notNull(),
    meaning: vector('meaning', { dimensions: 3 }),
  });
  const migrations = writeMigrations({
    '0000_a': `CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public;
create extension vector;`,
    '0001_b': `create table notes (id uuid primary key default uuid_generate_v4(), title text not null, meaning vector(3));`,
  });
  const report = await testSchema({ notes }, { migrations });
  expect(report.failures).toEqual([]);
});

test('testDatabase() has each of them, also those that come with another', async () => {
  await using test = await testDatabase({ folder: writeMigrations({ '0000_a': ALL }) });
  const { rows } = await test.client.query<{ found: boolean }>(
    `select found.word = 'Hotel' as found from (select unaccent('Hôtel') as word) as found
     where 'A'::citext = 'a' and 'a.b'::ltree <@ 'a' and soundex('a') = soundex('aa')
       and digest('a', 'sha256') is not null and earth() > 0`,
  );
  expect(rows).toEqual([{ found: true }]);
});

test('an extension inside DO is loaded if PGlite has it', async () => {
  const ifAvailable = (name: string) => `do $$ begin
  if exists (select from pg_available_extensions where name = '${name}') then
    create extension if not exists "${name}";
  end if; end $$;`;
  const folder = writeMigrations({ '0000_a': ifAvailable('pg_trgm') + ifAvailable('postgis') });
  await using test = await testDatabase({ folder });
  const { rows } = await test.client.query(
    "select extname from pg_extension where extname <> 'plpgsql'",
  );
  expect(rows).toEqual([{ extname: 'pg_trgm' }]);
});

test.each([
  ['create extension pg_cron;', 'pg_cron', 'a Postgres server'],
  [
    'create extension if not exists postgis;',
    'postgis',
    'npm install --save-dev @electric-sql/pglite-postgis',
  ],
])('%s is refused with its line, before the database starts', async (statement, name, fix) => {
  const folder = writeMigrations({ '0000_a': `-- create extension nothing;\n\n${statement}` });
  const problem = await problemOf(() => testDatabase({ folder }));
  expect(problem).toMatchObject({
    code: 'database/no-extension',
    message: expect.stringContaining(name),
    places: [{ file: expect.stringMatching(/0000_a\.sql$/), line: 3 }],
    fix: expect.stringContaining(fix),
  });
});

test('migrate() says how a PGlite of the caller gets an extension', async () => {
  const folder = writeMigrations({ '0000_a': 'create extension ltree;' });
  const client = await blankPostgres();
  const problem = await problemOf(() => migrate(client, { folder }));
  await client.close();
  expect(problem).toMatchObject({
    code: 'migrate/statement',
    fix: expect.stringContaining('PGlite.create({ extensions'),
  });
});
