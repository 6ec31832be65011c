import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Publication, PublishedTable } from '../../model/publication.ts';
import { blankPostgres } from '../../testing/blank-postgres.fixture.ts';
import { emitPublication, emitPublicationBefore } from './emit-publication.ts';

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
});
afterAll(() => client.close());
beforeEach(async () => {
  await client.exec(`
    drop publication if exists "zero_data";
    drop schema if exists app cascade;
    drop schema public cascade;
    create schema public;
    create schema app;
    create type app.mood as enum ('sad', 'it''s ok');
    create table notes (id uuid primary key, "odd ""name" varchar(10) collate "C", secret text, mood app.mood);
    create table app.pairs (a int not null, b int not null, note text, unique (b, a));`);
});

const notes: PublishedTable = {
  schema: 'public',
  name: 'notes',
  columns: [
    { name: 'id', type: 'uuid' },
    { name: 'odd "name', type: 'character varying(10) collate C' },
    { name: 'mood', type: "app.mood(sad,it's ok)" },
  ],
  key: ['id'],
  identifiedByUnique: false,
};
const pairs: PublishedTable = {
  schema: 'app',
  name: 'pairs',
  columns: [
    { name: 'a', type: 'integer' },
    { name: 'b', type: 'integer' },
  ],
  key: ['a', 'b'],
  identifiedByUnique: true,
};
const publish = (...tables: PublishedTable[]): Publication => ({ name: 'zero_data', tables });
const without = (table: PublishedTable, name: string): PublishedTable => ({
  ...table,
  columns: table.columns.filter((column) => column.name !== name),
});
const as = (table: PublishedTable, name: string, type: string): PublishedTable => ({
  ...table,
  columns: table.columns.map((column) => (column.name === name ? { name, type } : column)),
});

const before = (publication: Publication) => run(emitPublicationBefore(publication));
const after = (publication: Publication) => run(emitPublication(publication));
async function run(objects: readonly { readonly create: string }[]): Promise<void> {
  // As in a migration: one transaction, statement by statement.
  await client.exec('begin');
  for (const { create } of objects) {
    for (const statement of create.split('--> statement-breakpoint\n'))
      await client.exec(statement);
  }
  await client.exec('commit');
}
async function published(): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; columns: string }>(
    `select tablename as name, array_to_string(attnames, ',') as columns
     from pg_publication_tables where pubname = 'zero_data'`,
  );
  return Object.fromEntries(rows.map(({ name, columns }) => [name, columns]));
}
/** The oid of an entry shows whether Postgres kept it. */
async function entries(): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; oid: number }>(
    'select prrelid::regclass::text as name, oid from pg_publication_rel',
  );
  return Object.fromEntries(rows.map(({ name, oid }) => [name, oid]));
}

test('exactly the listed columns are published, also on a second run', async () => {
  await before(publish(notes, pairs));
  await after(publish(notes, pairs));
  const first = await entries();
  await before(publish(notes, pairs));
  await after(publish(notes, pairs));
  expect(await published()).toEqual({ notes: 'id,odd "name,mood', pairs: 'a,b' });
  expect(await entries(), 'nothing was taken out and put back').toEqual(first);
});

test('rows that a unique constraint identifies can be updated and deleted', async () => {
  await after(publish(pairs));
  await client.exec(
    `insert into app.pairs values (1, 2, 'x'); update app.pairs set a = 3; delete from app.pairs`,
  );
  const [object] = emitPublication(publish(pairs)).slice(1);
  await client.exec(object?.drop ?? '');
  await client.exec(`insert into app.pairs values (1, 2, 'x')`);
  await expect(client.exec('update app.pairs set a = 3')).rejects.toThrow(/replica identity/);
});

test.each<[what: string, sql: string, wanted: Publication, result: Record<string, string>]>([
  [
    'a column is dropped',
    'alter table notes drop column mood',
    publish(without(notes, 'mood'), pairs),
    { notes: 'id,odd "name', pairs: 'a,b' },
  ],
  [
    'a column is no longer synced',
    'select 1',
    publish(without(notes, 'mood'), pairs),
    { notes: 'id,odd "name', pairs: 'a,b' },
  ],
  [
    'a type changes',
    'alter table notes alter column "odd ""name" type varchar(20)',
    publish(as(notes, 'odd "name', 'character varying(20)'), pairs),
    { notes: 'id,odd "name,mood', pairs: 'a,b' },
  ],
  [
    'nothing but the collation changes',
    'alter table notes alter column "odd ""name" type varchar(10)',
    publish(as(notes, 'odd "name', 'character varying(10)'), pairs),
    { notes: 'id,odd "name,mood', pairs: 'a,b' },
  ],
  [
    'an enum is recreated, as drizzle-kit does to remove a value',
    `alter table notes alter column mood type text; drop type app.mood;
     create type app.mood as enum ('sad'); alter table notes alter column mood type app.mood using mood::app.mood`,
    publish(as(notes, 'mood', 'app.mood(sad)'), pairs),
    { notes: 'id,odd "name,mood', pairs: 'a,b' },
  ],
  [
    'the type of a key changes',
    'alter table notes alter column id type text',
    publish(as(notes, 'id', 'text'), pairs),
    { notes: 'id,odd "name,mood', pairs: 'a,b' },
  ],
  ['a table is dropped', 'drop table notes', publish(pairs), { pairs: 'a,b' }],
  ['the last table is dropped', 'drop table notes', publish(), {}],
])('%s', async (_, sql, wanted, result) => {
  await after(publish(notes, pairs));
  if (/alter table/.test(sql)) await expect(client.exec(sql)).rejects.toThrow(/publication|depend/);
  await client.exec('rollback');
  const { ['app.pairs']: kept } = await entries();
  await before(wanted);
  await client.exec(sql);
  await client.exec("insert into app.pairs values (7, 7, ''); delete from app.pairs");
  await after(wanted);
  expect(await published()).toEqual(result);
  if (result['pairs'] && wanted.tables.length > 1) {
    expect(await entries(), 'the other table was left alone').toMatchObject({ 'app.pairs': kept });
  }
});

test('a name with dollar signs does not end a block', async () => {
  await client.exec('create table "a$$b" (id int primary key)');
  const table: PublishedTable = {
    ...notes,
    name: 'a$$b',
    columns: [{ name: 'id', type: 'integer' }],
  };
  await after(publish(table));
  await before(publish(table));
  expect(await published()).toEqual({ a$$b: 'id' });
});

test('the drop statement removes the publication', async () => {
  await after(publish(notes));
  for (const { drop } of emitPublication(publish(notes))) await client.exec(drop);
  expect((await client.query('select from pg_publication')).rows).toEqual([]);
});
