import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runRules } from '../../src/check/run-rules.ts';
import { policyCallPerRow } from '../../src/check/rules/policy-call-per-row.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { catalogOf } from '../catalog/made-database.ts';

let db: PGlite;
beforeAll(async () => {
  db = await blankPostgres();
});
afterAll(() => db.close());

const SQL = `
create schema app;
create function app.tenant() returns text stable language sql
  as 'select current_setting(''app.tenant'')';
create function app.user() returns text stable language plpgsql
  as 'begin return (select current_setting(''app.user'')); end';
create function app.atomic() returns text stable language sql
  begin atomic select current_setting('app.user'); end;
create function app.volatile() returns text language sql
  as 'select current_setting(''app.user'')';
create function app.constant() returns text stable language sql
  as '/* current_setting(''app.user'') */ select ''current_setting(x)''';
create function app.of(name text) returns text stable language sql
  as 'select current_setting(name)';
create table notes (id uuid primary key, owner text not null);
alter table notes enable row level security;
create policy tenant on notes using (owner = app.tenant());
create policy "user" on notes using (owner = app.user());
create policy atomic on notes using (owner = app.atomic());
create policy once on notes using (owner = (select app.tenant()));
create policy volatile on notes using (owner = app.volatile());
create policy constant on notes using (owner = app.constant());
create policy named on notes using (owner = app.of('app.user'));`;

test('functions that read the session are found in their bodies, and in the option', async () => {
  await db.exec(SQL);
  const schema = await catalogOf(db);
  const found = (functions: readonly string[]) =>
    runRules(schema, {
      rules: [policyCallPerRow],
      input: 'database',
      settings: { [policyCallPerRow.code]: ['warning', { functions }] },
    }).map(({ object }) => object?.replace('public.notes.', ''));
  expect(found([])).toEqual(['atomic', 'tenant', 'user']);
  expect(found(['app.of', 'app.volatile'])).toEqual([
    'atomic',
    'named',
    'tenant',
    'user',
    'volatile',
  ]);
});
