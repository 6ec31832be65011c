import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Schema } from '../../src/model/schema.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { catalogOf } from './made-database.ts';

/** What a database has and definitions do not. */

let db: PGlite;
let schema: Schema;
beforeAll(async () => {
  db = await blankPostgres();
  await db.exec(`
    create role app; create role copier replication bypassrls login;
    create table notes (id uuid primary key, title text, secret text);
    create table plain (id uuid primary key);
    create view titles with (security_invoker) as select title from notes;
    grant select on notes to app; grant select on titles to public; revoke all on plain from app;
    create function pick(a integer, b text[]) returns integer language sql security definer
      set search_path = pg_catalog, pg_temp as 'select 1';
    create function touch() returns trigger language plpgsql as 'begin return new; end';
    create function whole() returns integer begin atomic select count(*)::integer from notes; end;
    create procedure tidy() language sql as 'select 1';
    revoke all on function whole() from public; grant execute on function whole() to app;
    create publication one for table notes (id, title);
    create publication two for table notes (id), plain;
    create foreign data wrapper far; create server away foreign data wrapper far;
    create foreign table distant (id uuid) server away;
  `);
  schema = await catalogOf(db);
});
afterAll(() => db.close());

test('who may read a table or a view', () => {
  expect(schema.tables.map(({ name, readers }) => [name, readers])).toEqual([
    ['notes', ['app']],
    ['plain', []],
  ]);
  expect(schema.views.map(({ name, readers }) => [name, readers])).toEqual([
    ['titles', ['public']],
  ]);
  expect(schema.foreignTables).toEqual([{ name: 'distant' }]);
});

test('functions, with what they may do and who may call them', () => {
  expect(schema.functions).toEqual([
    {
      name: 'pick',
      args: 'integer, text[]',
      language: 'sql',
      definer: true,
      stable: false,
      searchPath: 'pg_catalog, pg_temp',
      body: 'select 1',
      trigger: false,
      callers: ['public'],
    },
    expect.objectContaining({ name: 'tidy', trigger: false }),
    expect.objectContaining({ name: 'touch', language: 'plpgsql', trigger: true }),
    expect.objectContaining({
      name: 'whole',
      definer: false,
      body: expect.stringContaining('notes'),
      callers: ['app'],
    }),
  ]);
});

test('what publications publish together', () => {
  expect(schema.published).toEqual({ notes: ['id', 'title'], plain: ['id'] });
});

test('what roles may do', () => {
  const powers = Object.fromEntries(schema.roles.map((role) => [role.name, role.powers]));
  expect(powers['app']).toEqual({
    superuser: false,
    bypassRls: false,
    replication: false,
    login: false,
  });
  expect(powers['copier']).toMatchObject({ bypassRls: true, replication: true, login: true });
});
