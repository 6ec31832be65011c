import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testProject, type TestProject } from '../../src/cli/generate/project.fixture.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';

// drizzle-kit 0.31 treats serial as a type. Postgres has no such type: it is an integer with a
// default and a sequence, so drizzle-kit's statements fail or leave both behind.

const SERIAL = 'pg.serial()';
const BIGSERIAL = "pg.bigserial({ mode: 'number' })";
const INTEGER = 'pg.integer()';
const BIGINT = "pg.bigint({ mode: 'number' })";
const ALWAYS = `${INTEGER}.generatedAlwaysAsIdentity()`;
const BY_DEFAULT = `${INTEGER}.generatedByDefaultAsIdentity()`;

const schema = (table: string, id: string): string => `
import * as pg from 'drizzle-orm/pg-core';
export const app = pg.pgSchema('app');
export const notes = ${table}, { id: ${id}.primaryKey(), title: pg.text('title') });
`;
const PUBLIC = "pg.pgTable('notes'";
const OTHER = `app.table('odd name'`;

let database: PGlite;
beforeAll(async () => {
  database = await blankPostgres();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.exec(`
    drop publication if exists zero_data;
    drop schema public cascade;
    create schema public;
    drop schema if exists app cascade;`);
});

/** Runs the migrations that are new since the last call. */
function migrator(project: TestProject): () => Promise<void> {
  const run = new Set<string>();
  return async () => {
    const files = Object.entries(project.migrations()).filter(([name]) => name.endsWith('.sql'));
    for (const [name, text] of files.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (run.has(name)) continue;
      run.add(name);
      for (const statement of text.split('--> statement-breakpoint')) {
        await database.exec(statement);
      }
    }
  };
}

const CASES: readonly (readonly [from: string, to: string, next: number])[] = [
  [SERIAL, ALWAYS, 4],
  [SERIAL, BY_DEFAULT, 4],
  [SERIAL, `${INTEGER}.generatedAlwaysAsIdentity({ startWith: 100 })`, 100],
  [SERIAL, `${BIGINT}.generatedAlwaysAsIdentity({ name: 'own_name' })`, 4],
  [BIGSERIAL, `${BIGINT}.generatedByDefaultAsIdentity()`, 4],
  [SERIAL, BIGSERIAL, 4],
  [INTEGER, ALWAYS, 4],
  [INTEGER, SERIAL, 4],
  [ALWAYS, SERIAL, 4],
  [ALWAYS, BIGSERIAL, 4],
];

test.each(CASES)('%s becomes %s, and its next value is %i', async (from, to, next) => {
  using project = testProject({
    'schema.ts': schema(PUBLIC, from),
    'garden.config.ts': 'export default { zero: {} };',
  });
  const migrate = migrator(project);
  expect(await project.generate(['migrations'])).toMatchObject({ code: 0 });
  await migrate();
  await database.exec(
    from === INTEGER
      ? `insert into notes values (1, 'a'), (2, 'b'), (3, 'c')`
      : `insert into notes (title) values ('a'), ('b'), ('c')`,
  );

  project.write({ 'schema.ts': schema(PUBLIC, to) });
  expect(await project.generate(['migrations'])).toMatchObject({ code: 0 });
  await migrate();
  await database.exec(`insert into notes (title) values ('d')`);
  const { rows } = await database.query('select id::int, title from notes order by id');
  expect(rows).toEqual([
    { id: 1, title: 'a' },
    { id: 2, title: 'b' },
    { id: 3, title: 'c' },
    { id: next, title: 'd' },
  ]);
  const { rows: sequences } = await database.query<{ owned: boolean; type: string }>(`
    select data_type::text as type,
      pg_get_serial_sequence('notes', 'id')::regclass = format('%I.%I', schemaname, sequencename)::regclass as owned
    from pg_sequences`);
  expect(sequences, 'the old sequence is gone').toEqual([
    { owned: true, type: /big/.test(to) ? 'bigint' : 'integer' },
  ]);
  expect(await project.generate(['migrations', '--check'])).toMatchObject({ code: 0 });
});

test.each([
  [SERIAL, INTEGER],
  [SERIAL, BIGINT],
  [SERIAL, 'pg.text()'],
  [ALWAYS, INTEGER],
])('%s becomes %s, without a default or a sequence', async (from, to) => {
  using project = testProject({
    'schema.ts': schema(OTHER, from),
    'garden.config.ts': 'export default { zero: {} };',
  });
  const migrate = migrator(project);
  expect(await project.generate(['migrations'])).toMatchObject({ code: 0 });
  await migrate();
  await database.exec(`insert into app."odd name" (title) values ('a')`);
  project.write({ 'schema.ts': schema(OTHER, to) });
  expect(await project.generate(['migrations'])).toMatchObject({ code: 0 });
  await migrate();
  const { rows } = await database.query('select id::text, title from app."odd name"');
  expect(rows).toEqual([{ id: '1', title: 'a' }]);
  await expect(database.exec(`insert into app."odd name" (title) values ('b')`)).rejects.toThrow(
    /null value/,
  );
  const { rows: sequences } = await database.query('select from pg_sequences');
  expect(sequences).toEqual([]);
});

test('an identity on a table with forced row-level security continues after its rows', async () => {
  const guarded = (id: string): string => `
import * as pg from 'drizzle-orm/pg-core';
export const notes = pg.pgTable('notes', { id: ${id}.primaryKey(), extra: pg.integer()${id === ALWAYS ? '.generatedAlwaysAsIdentity()' : ''} });
`;
  using project = testProject({ 'schema.ts': guarded(INTEGER) });
  const migrate = migrator(project);
  expect(await project.generate(['migrations'])).toMatchObject({ code: 0 });
  await database.exec(`
    drop role if exists plain_owner;
    create role plain_owner;
    grant all on schema public to plain_owner;
    set role plain_owner;`);
  try {
    await migrate();
    await database.exec(`
      insert into notes values (7, 40);
      alter table notes enable row level security, force row level security;`);
    project.write({ 'schema.ts': guarded(ALWAYS) });
    expect(await project.generate(['migrations'])).toMatchObject({ code: 0 });
    await migrate();
    const { rows } = await database.query(
      `select relforcerowsecurity as forced from pg_class where oid = 'notes'::regclass`,
    );
    expect(rows).toEqual([{ forced: true }]);
  } finally {
    await database.exec('reset role');
  }
  const { rows } = await database.query('insert into notes default values returning id, extra');
  expect(rows).toEqual([{ id: 8, extra: 41 }]);
});
