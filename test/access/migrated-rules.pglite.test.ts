import type { PGlite } from '@electric-sql/pglite';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { kit, testProject, type TestProject } from '../../src/cli/generate/project.fixture.ts';
import { migrate } from '../../src/migrations/index.ts';
import { accessRules } from '../../src/read/drizzle/read-access.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { compareAccess } from '../../src/testing.ts';

const HEAD = `
import { sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import { and, anyone, defineAccess, eq, exists, id, ne, or, owner, pgTable, role, serverOnly } from ${kit};
`;
const SUPABASE = `create role anon nologin; create role authenticated nologin;
  create schema auth; grant usage on schema auth to anon, authenticated;
  create function auth.uid() returns uuid language sql stable as $$
    select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
  $$;
  alter default privileges in schema public grant all on tables to anon, authenticated`;
const U = (end: number): string => `00000000-0000-4000-8000-${String(end).padStart(12, '0')}`;

const opened: PGlite[] = [];
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
});

async function openDatabase(before = ''): Promise<PGlite> {
  const database = await blankPostgres();
  opened.push(database);
  await database.exec(before);
  return database;
}

/** Generates from each schema in turn, and migrates after each. */
async function migrateThrough(database: PGlite, ...schemas: readonly string[]): Promise<void> {
  using project = testProject({ 'schema.ts': '' });
  for (const schema of schemas) await generateAndMigrate(project, database, schema);
}

async function generateAndMigrate(
  project: TestProject,
  database: PGlite,
  schema: string,
): Promise<void> {
  project.write({ 'schema.ts': HEAD + schema });
  expect(await project.generate()).toMatchObject({ code: 0, err: '' });
  expect(await project.generate(['--check'])).toMatchObject({ code: 0, err: '' });
  await migrate(database, { folder: join(project.folder, 'migrations') });
}

async function ask(
  database: PGlite,
  role: string,
  claims: object,
  query: string,
): Promise<unknown[]> {
  return database.transaction(async (tx) => {
    await tx.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify(claims)]);
    await tx.exec(`set local role "${role}"`);
    return (await tx.query(query, [], { rowMode: 'array' })).rows.flat();
  });
}

test('names with quotes and separators as table, column and role', async () => {
  const names = ['odd--name', 'odd.name', 'Odd Name', 'odd\\name', "odd'name", '$$', 'öß🪴'];
  const database = await openDatabase();
  const role = `User of ${names.join(' ')}`;
  const schema = names.map((name, at) => {
    const quoted = JSON.stringify(name);
    return `export const a${at} = pgTable(${quoted}, { id: id(), by: pg.uuid(${quoted}).notNull() }, (t) => [
        ...access(t, { read: owner(t.by), insert: owner(t.by) }),
      ]).enableRLS();
      export const b${at} = pgTable('b${at}', { id: id(), of: pg.uuid('of').notNull() }, (t) => [
        ...access(t, { read: exists(() => a${at}, { id: t.of }, (x) => owner(x.by)) }),
      ]).enableRLS();`;
  });
  await migrateThrough(
    database,
    [`const { access } = defineAccess({ role: ${JSON.stringify(role)} });`, ...schema].join('\n'),
  );
  for (const [at, name] of names.entries()) {
    await database.exec(`insert into "${name}" values ('${U(1)}', '${U(7)}');
      insert into b${at} values ('${U(2)}', '${U(1)}')`);
    const both = `select 1 from "${name}" union all select 2 from b${at}`;
    expect(await ask(database, role, { sub: U(7) }, both)).toEqual([1, 2]);
    expect(await ask(database, role, { sub: U(8) }, both)).toEqual([]);
    expect(await ask(database, role, {}, both)).toEqual([]);
  }
});

test.each(['odd;name', 'odd"name', 'x--> statement-breakpoint'])(
  'the name %s, which drizzle-kit or its migrator damages, is refused, and nothing is written',
  async (name) => {
    using project = testProject({
      'schema.ts': `${HEAD}const { access } = defineAccess();
      export const a = pgTable(${JSON.stringify(name)}, { id: id(), by: pg.uuid('by').notNull() }, (t) => [
        pg.check('of ' + ${JSON.stringify(name)}, sql\`${'${t.by}'} is not null\`),
        ...access(t, { read: owner(t.by) }),
      ]).enableRLS();`,
    });
    const { code, err } = await project.generate();
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/generate\/(?:altered-sql|not-sql)/),
    });
    expect(() => project.migrations()).toThrow('ENOENT');
  },
);

test('a composite key is immutable, and rows with it are guarded', async () => {
  const database = await openDatabase();
  using project = testProject({ 'schema.ts': '' });
  await generateAndMigrate(
    project,
    database,
    `const { access } = defineAccess();
    export const votes = pgTable('votes', {
      person: pg.uuid('person').notNull(), poll: pg.uuid('poll').notNull(), choice: pg.text('choice').notNull(),
    }, (t) => [
      pg.primaryKey({ columns: [t.person, t.poll] }),
      ...access(t, { read: owner(t.person), update: owner(t.person) }),
    ]).enableRLS();`,
  );
  const schema = (await import(join(project.folder, 'schema.ts'))) as Record<string, unknown>;
  const rules = accessRules(schema);
  expect(rules.tables['votes']?.key).toEqual(['person', 'poll']);
  const role = 'app_user';
  const { enforcers } = await compareAccess({ client: database, rules, role, cases: 60 });
  expect(enforcers.length).toBeGreaterThan(2);

  await database.exec(`insert into votes values ('${U(1)}', '${U(2)}', 'yes')`);
  const me = { sub: U(1) };
  await expect(ask(database, 'app_user', me, `update votes set poll = '${U(3)}'`)).rejects.toThrow(
    'permission denied',
  );
  const change = `update votes set choice = 'no' returning choice`;
  expect(await ask(database, 'app_user', me, change)).toEqual(['no']);
  expect(await ask(database, 'app_user', { sub: U(9) }, change)).toEqual([]);
});

describe('objects that a policy depends on can change', () => {
  const notes = (columns: string, read: string, more = ''): string => `
    const { access } = defineAccess();
    export const notes = pgTable('notes', { id: id(), by: pg.uuid('by').notNull(), ${columns} }, (t) => [
      ...access(t, { read: ${read}, insert: owner(t.by) }),
    ]).enableRLS();${more}`;

  test('a column changes its type, and is dropped', async () => {
    const database = await openDatabase();
    await migrateThrough(
      database,
      notes("kind: pg.text('kind')", "or(owner(t.by), eq(t.kind, 'open'))"),
      notes("kind: pg.varchar('kind', { length: 40 })", "or(owner(t.by), eq(t.kind, 'open'))"),
      notes('', 'owner(t.by)'),
    );
    await database.exec(`insert into notes values ('${U(1)}', '${U(2)}')`);
    expect(
      await ask(database, 'app_user', { sub: U(2) }, 'select count(*)::int from notes'),
    ).toEqual([1]);
    expect(await ask(database, 'app_user', {}, 'select count(*)::int from notes')).toEqual([0]);
  });

  test('a rule is removed from one operation, then from the table', async () => {
    const database = await openDatabase();
    const bare = `export const notes = pgTable('notes', { id: id(), by: pg.uuid('by').notNull() }).enableRLS();
      const { access } = defineAccess();
      export const other = pgTable('other', { id: id() }, (t) => [...access(t, { read: anyone })]).enableRLS();`;
    const insert = `insert into notes values ('${U(1)}', '${U(2)}')`;
    using project = testProject({ 'schema.ts': '' });
    await generateAndMigrate(project, database, notes('', 'anyone'));
    await ask(database, 'app_user', { sub: U(2) }, insert);
    await generateAndMigrate(
      project,
      database,
      notes('', 'anyone').replace(', insert: owner(t.by)', ''),
    );
    await expect(ask(database, 'app_user', { sub: U(2) }, insert)).rejects.toThrow('denied');
    await generateAndMigrate(project, database, bare);
    const policies = `select count(*)::int from pg_policies where tablename = 'notes'`;
    expect((await database.query(policies)).rows).toEqual([{ count: 0 }]);
    await expect(ask(database, 'app_user', {}, 'select from notes')).rejects.toThrow('denied');
  });
});

describe('a view does not bypass the rules', () => {
  const tables = (preset: string): string => `
    const { access } = defineAccess({ preset: '${preset}' });
    export const notes = pgTable('notes', { id: id(), by: pg.uuid('by').notNull(), secret: serverOnly(pg.text('secret')) }, (t) => [
      ...access(t, { read: owner(t.by) }),
    ]).enableRLS();
    export const plain = pgTable('plain', { id: id() });`;
  const query = 'sql`select id, secret from notes`';
  const view = (name: string, kind: string, as: string): string =>
    `export const ${name} = pg.${kind}('${name}', { id: pg.uuid('id') })${as};\n`;

  test.each([
    ['of SQL', view('v', 'pgView', `.as(${query})`)],
    ['of a query', `export const v = pg.pgView('v').as((db) => db.select().from(notes));`],
    [
      'of a view',
      view('w', 'pgView', `.with({ securityInvoker: true }).as(${query})`) +
        view('v', 'pgView', '.as(sql`select id from w`)'),
    ],
    [
      'in a subquery, by its schema',
      view('v', 'pgView', '.as(sql`with x as (select id from "public"."notes") select * from x`)'),
    ],
  ])('a view %s is refused without security_invoker', async (_, views) => {
    for (const preset of ['postgres', 'supabase']) {
      using project = testProject({ 'schema.ts': HEAD + tables(preset) + views });
      const { code, err } = await project.generate();
      expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('access/open-view') });
      expect(err).toContain('securityInvoker: true');
    }
  });

  test('a security_invoker view shows what its reader may read; other views are not granted', async () => {
    for (const [preset, user] of [
      ['postgres', 'app_user'],
      ['supabase', 'authenticated'],
    ] as const) {
      const database = await openDatabase(preset === 'supabase' ? SUPABASE : '');
      await migrateThrough(
        database,
        tables(preset) +
          view('mine', 'pgView', '.with({ securityInvoker: true }).as(sql`select id from notes`)') +
          view('hidden', 'pgView', `.with({ securityInvoker: true }).as(${query})`) +
          view('stored', 'pgMaterializedView', `.as(${query})`) +
          view('other', 'pgView', '.as(sql`select id from plain`)') +
          view('elsewhere', 'pgView', '.existing()'),
      );
      await database.exec(
        `insert into notes values ('${U(1)}', '${U(2)}', 'x'); refresh materialized view stored`,
      );
      const me = { sub: U(2) };
      expect(await ask(database, user, me, 'select id from mine')).toEqual([U(1)]);
      expect(await ask(database, user, { sub: U(3) }, 'select id from mine')).toEqual([]);
      for (const name of ['stored', 'other', 'hidden']) {
        await expect(ask(database, user, me, `select * from ${name}`)).rejects.toThrow('denied');
      }
    }
  });

  test('a recreated view is closed again', async () => {
    const database = await openDatabase(SUPABASE);
    const other = (columns: string): string =>
      tables('supabase') +
      view('stored', 'pgMaterializedView', `.as(sql\`select ${columns} from notes\`)`);
    await migrateThrough(database, other('id'), other('id, by'));
    await expect(ask(database, 'anon', {}, 'select * from stored')).rejects.toThrow('denied');
  });
});
