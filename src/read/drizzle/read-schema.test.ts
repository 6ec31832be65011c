import { jsonb, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { primaryKeyOf, uniqueSetsOf } from '../../model/table-keys.ts';
import { readSchema } from './read-schema.ts';
import { readSource, type ReadSource } from './schema.fixture.ts';

describe('tables', () => {
  test('names, keys, and the source of default values', async () => {
    const read = await readSource({
      'schema.ts': `
        const auth = pg.pgSchema('auth');
        const prefixed = pg.pgTableCreator((name) => 'app_' + name);
        export const users = auth.table('users', {
          id: pg.serial().primaryKey(),
          identity: integer().generatedAlwaysAsIdentity(),
          loose: integer().generatedByDefaultAsIdentity(),
          stored: integer().generatedAlwaysAs(sql\`1\`),
          now: pg.timestamp().notNull().defaultNow(),
          local: text().$defaultFn(() => 'x'),
          changed: text().$onUpdateFn(() => 'x'),
          plain: text().notNull(),
        });
        export const members = prefixed('members', {
          left: uuid(), right: uuid(), email: text().notNull().unique(), nick: text(), rank: integer(),
        }, (t) => [
          pg.primaryKey({ columns: [t.right, t.left] }),
          pg.unique().on(t.nick, t.rank),
          pg.uniqueIndex('a').on(t.rank, t.left),
          pg.uniqueIndex('b').on(t.rank).where(sql\`true\`),
          pg.uniqueIndex('c').on(sql\`lower(nick)\`),
          pg.index('d').on(t.nick),
          pg.unique('twice').on(t.email),
        ]);
        export const nested = { hidden: pgTable('hidden', { id: uuid() }) };
      `,
    });
    expect(read.findings).toEqual([]);
    expect(read.schema.tables.map(({ name, schema }) => [schema, name])).toEqual([
      ['auth', 'users'],
      [undefined, 'app_members'],
    ]);
    expect(
      read
        .table('users')
        .columns.map(({ key, default: filled, generated }) => [key, filled, generated]),
    ).toEqual([
      ['id', 'database', undefined],
      ['identity', 'database', 'identity'],
      ['loose', 'database', undefined],
      ['stored', undefined, 'stored'],
      ['now', 'database', undefined],
      ['local', 'drizzle', undefined],
      ['changed', 'drizzle', undefined],
      ['plain', undefined, undefined],
    ]);
    expect(primaryKeyOf(read.table('members'))).toEqual(['right', 'left']);
    expect(uniqueSetsOf(read.table('members'))).toEqual([
      ['email'],
      ['nick', 'rank'],
      ['rank', 'left'],
    ]);
  });

  test('every serial is NOT NULL, and the database fills it', async () => {
    const read = await readSource({
      'schema.ts': `
        const own = pg.customType({ dataType: () => 'BIGSERIAL' });
        export const t = pgTable('t', {
          small: pg.smallserial(), plain: pg.serial(), big: pg.bigserial({ mode: 'number' }),
          huge: pg.bigserial({ mode: 'bigint' }).unique(), own: own(), none: pg.bigint({ mode: 'bigint' }),
        });`,
    });
    const { columns } = read.table('t');
    expect(columns.map(({ key, notNull, default: filled }) => [key, notNull, filled])).toEqual([
      ...['small', 'plain', 'big', 'huge', 'own'].map((key) => [key, true, 'database']),
      ['none', false, undefined],
    ]);
  });

  test.each([
    [undefined, ['userId', 'kept_As', 'HTTPCode', 'address1Line']],
    ['snake_case', ['user_id', 'kept_As', 'http_code', 'address1_line']],
    ['camelCase', ['userId', 'kept_As', 'httpCode', 'address1Line']],
  ] as const)('the names of columns in casing %s', async (casing, names) => {
    const read = await readSource(
      {
        'schema.ts': `export const t = pgTable('T', {
          userId: uuid().primaryKey(), kept: text('kept_As'), HTTPCode: text().unique(), address1Line: text(),
        });`,
      },
      casing && { casing },
    );
    expect(read.table('t').columns.map(({ name }) => name)).toEqual(names);
    expect(primaryKeyOf(read.table('t'))).toEqual(['userId']);
    expect(uniqueSetsOf(read.table('t'))).toEqual([['HTTPCode']]);
  });

  test('a table with several export names is read once, whatever the order of the files', async () => {
    const files = {
      'a.ts': `export const users = pgTable('users', { id: uuid() });
        export const usersRelations = relations(users, () => ({}));`,
      'b.ts': `export { users as alias, users as default } from './a.ts'; export * from './a.ts';
        export const view = pg.pgView('v', { id: uuid() }).existing();
        export const notes = pgTable('notes', { id: uuid() });`,
    };
    const one = await readSource(files, { schema: ['a.ts', 'b.ts'] });
    const other = await readSource(files, { schema: ['b.ts', 'a.ts'] });
    expect(one.told).toEqual(['schema/aliased-table | a.ts:1  users']);
    expect(one.schema.tables.map(({ exportName }) => exportName)).toEqual(['notes', 'users']);
    const text = ({ schema, folder }: ReadSource): string =>
      JSON.stringify(schema).replaceAll(folder, '');
    expect(text(one)).toBe(text(other));
  });

  test('two tables with one SQL name, and two exports with one name, are errors with both places', async () => {
    const read = await readSource(
      {
        'a.ts': `
          export const users = pgTable('users', { id: uuid() });
          export const people = pg.pgSchema('hr').table('people', { id: uuid() });`,
        'b.ts': `
          export const accounts = pgTable('users', { id: uuid() });
          export const people = pgTable('people', { id: uuid() });`,
      },
      { schema: ['a.ts', 'b.ts'] },
    );
    expect(read.told).toEqual([
      'schema/export-twice | a.ts:3  hr.people | b.ts:3  public.people',
      'schema/table-twice | b.ts:2  accounts | a.ts:2  users',
    ]);
  });

  test('an enum with the name of a table', async () => {
    const read = await readSource({
      'schema.ts': `const kind = pg.pgEnum('kinds', ['a']);
const other = pg.pgSchema('hr').enum('things', ['a']);
export const kinds = pgTable('kinds', { id: uuid() });
export const things = pgTable('things', { id: uuid(), other: other(), all: kind().array() });`,
    });
    expect(read.told).toEqual([
      'schema/enum-named-like-table | schema.ts:3  kinds | schema.ts:4  things.all',
    ]);
  });

  test('two columns of one name in SQL', async () => {
    const read = await readSource(
      {
        'schema.ts': `export const t = pgTable('t', {\n userId: uuid(),\n other: uuid('user_id'), id: uuid() });`,
      },
      { casing: 'snake_case' },
    );
    expect(read.table('t').columns.map(({ key }) => key)).toEqual(['id']);
    expect(read.told).toEqual([
      'schema/column-twice | schema.ts:2  t.userId | schema.ts:3  t.other',
    ]);
  });

  test('views', async () => {
    const read = await readSource({
      'schema.ts': `
        export const users = pgTable('users', { id: uuid() });
        export const ids = pg.pgView('ids').as((qb) => qb.select().from(users));
        export const counts = pg.pgSchema('stats').materializedView('counts', { n: integer() }).as(sql\`select 1\`);`,
    });
    const at = (line: number): object => ({ file: `${read.folder}/schema.ts`, line });
    expect(read.schema.views).toEqual([
      {
        id: 'ids',
        name: 'ids',
        exportName: 'ids',
        materialized: false,
        sql: 'select "id" from "users"',
        columns: [{ name: 'id', type: { kind: 'uuid' } }],
        with: {},
        at: at(3),
      },
      {
        id: 'stats.counts',
        name: 'counts',
        schema: 'stats',
        exportName: 'counts',
        materialized: true,
        sql: 'select 1',
        columns: [{ name: 'n', type: { kind: 'integer', bits: 32, as: 'number' } }],
        with: {},
        at: at(4),
      },
    ]);
  });
});

describe('the source', () => {
  let read: ReadSource;
  beforeAll(async () => {
    read = await readSource({
      'schema.ts': `
        import { timestamps, named as base, defineTable } from './shared/index.js';
        import { softDelete, id } from ${JSON.stringify(new URL('../../kit/index.ts', import.meta.url).pathname)};
        export { a as renamed };
        export * from './more.ts';
        /** The first. */
        const a = pgTable('a', {
          /** Its key. */
          id: id(),
          // Not a doc comment.
          plain: text(),
          /** Kept, because only white space follows. */

          'quoted-key': text(),
          ...timestamps,
          ...base('by'),
          ...softDelete(),
          ...(true ? { maybe: text().$type<'m'>() } : {}),
        }, () => []).enableRLS();
        /** Created by a function. */
        export const made = defineTable('made', { body: jsonb().$type<'body'>() });
        export const asked = pgTable('asked', (t) => ({ id: t.uuid(), json: t.jsonb().$type<'j'>(), bare: t.text() }));
        export const asBlock = pgTable('block', ({ text }) => { return { x: text() }; });
        const columns = { id: uuid() } as const;
        export const apart = pgTable('apart', columns);
        export const unfollowed = pgTable('unfollowed', (globalThis as any).structuredClone ? Object.assign({}, { x: text(), when: pg.timestamp() }) : {});
      `,
      'more.ts': `
        export default pgTable('standard', { id: uuid() });
        export const { taken } = { taken: pgTable('taken', { id: uuid() }) };`,
      'shared/index.ts': `export * from './columns';`,
      'shared/columns.ts': `
        /** Of all tables. */
        export const timestamps = {
          /** When it was made. */
          createdAt: pg.timestamp('created_at').notNull(),
        };
        export const named = (key: string) => ({ [key]: text(), tag: text().$type<'tag'>() });
        export function defineTable<C extends Record<string, pg.PgColumnBuilderBase>>(name: string, own: C) {
          const key = { id: uuid().primaryKey() };
          return pgTable(name, { ...key, ...own });
        }`,
    });
  });

  const placeOf = (name: `${string}.${string}`): string | undefined => {
    const { at } = read.column(name);
    return at && `${at.file.slice(read.folder.length + 1)}:${at.line}`;
  };

  test('comments above tables and columns', () => {
    expect(read.table('renamed').doc).toBe('The first.');
    expect(read.table('made').doc).toBe('Created by a function.');
    expect(
      read.table('renamed').columns.flatMap(({ key, doc }) => (doc ? [[key, doc]] : [])),
    ).toEqual([
      ['id', 'Its key.'],
      ['quoted-key', 'Kept, because only white space follows.'],
      ['createdAt', 'When it was made.'],
    ]);
  });

  test('places, also of spread columns and of columns that functions create', () => {
    const places = ['id', 'quoted-key', 'createdAt', 'by', 'tag', 'deletedBy', 'maybe'].map((key) =>
      placeOf(`renamed.${key}`),
    );
    expect(places).toEqual([
      'schema.ts:9',
      'schema.ts:14',
      'shared/columns.ts:5',
      'shared/columns.ts:7',
      'shared/columns.ts:7',
      'schema.ts:17',
      'schema.ts:18',
    ]);
    expect(read.table('renamed').at?.line).toBe(7);
    expect(placeOf('made.id')).toBe('shared/columns.ts:9');
    expect(placeOf('made.body')).toBe('schema.ts:21');
    expect(placeOf('asked.json')).toBe('schema.ts:22');
    expect(placeOf('asBlock.x')).toBe('schema.ts:23');
    expect(placeOf('apart.id')).toBe('schema.ts:24');
    expect(read.table('taken').at?.line).toBe(3);
    expect(placeOf('taken.id')).toBeUndefined();
  });

  test('types through spreads and functions; inferred only if the source cannot be followed', () => {
    expect(read.type('renamed.tag')).toBe("'tag'");
    expect(read.type('renamed.maybe')).toBe("'m'");
    expect(read.type('renamed.deletedBy')).toBeUndefined();
    expect(read.type('made.body')).toBe("'body'");
    expect(read.type('asked.json')).toBe("'j'");
    expect(read.type('asked.bare')).toBeUndefined();
    expect(read.type('unfollowed.x')).toBe('inferred');
    expect(read.type('unfollowed.when')).toBeUndefined();
  });
});

test('a file with syntax errors has no places and comments, and is reported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'read-schema-'));
  try {
    const file = join(folder, 'schema.ts');
    writeFileSync(file, 'export const = ;');
    const t = pgTable('t', { id: uuid(), data: jsonb(), when: timestamp() });
    const { schema, findings } = readSchema({ files: [{ file, exports: { t } }] });
    expect(schema.tables[0]?.columns.map(({ ts, at }) => [ts?.kind, at])).toEqual([
      ['inferred', undefined],
      ['inferred', undefined],
      [undefined, undefined],
    ]);
    expect(findings).toMatchObject([
      { severity: 'warning', code: 'schema/cannot-parse', places: [{ file }] },
    ]);
    const gone = readSchema({ files: [{ file: join(folder, 'gone.ts'), exports: { t } }] });
    expect(gone.findings).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('tables of packages: columns of Drizzle and of this package have complete types', async () => {
  const read = await readSource({
    'schema.ts': `export { authUsers } from 'drizzle-orm/supabase';`,
  });
  expect(read.table('authUsers').columns.filter(({ ts }) => ts)).toEqual([]);
});

test('a table is imported from the file that declares it, if that exports it by the same name', async () => {
  const read = await readSource(
    {
      'tables.ts': `
        export const own = pgTable('own', { id: uuid() });
        export default pgTable('unnamed', { id: uuid() });
        const inner = pgTable('inner', { id: uuid() });
        export { inner as outer };
        export const other = pgTable('other', { id: uuid() });`,
      'index.ts': `
        export * from './tables.ts';
        export { default as named, other as another, outer as again } from './tables.ts';
        export { usersInAuth } from './moved.ts';
        export { authUsers } from 'drizzle-orm/supabase';`,
      'moved.ts': `
        import { outer as usersInAuth } from './tables.ts';
        export { usersInAuth };
        export const outer = pgTable('not_that_one', { id: uuid() });`,
    },
    { schema: ['index.ts'] },
  );
  const files = read.schema.tables.map(({ exportName, file }) => [
    exportName,
    file?.replace(`${read.folder}/`, ''),
  ]);
  expect(Object.fromEntries(files)).toEqual({
    again: 'index.ts',
    authUsers: 'index.ts',
    named: 'index.ts',
    other: 'tables.ts',
    own: 'tables.ts',
  });
});

test('a custom type with fromDriver is marked', async () => {
  const read = await readSource({
    'schema.ts': `
      const plain = pg.customType({ dataType: () => 'text', toDriver: String });
      const made = pg.customType({ dataType: () => 'text', fromDriver: JSON.parse });
      export const t = pgTable('t', { plain: plain(), made: made(), many: made().array() });`,
  });
  expect(read.table('t').columns.map(({ type }) => type)).toEqual([
    { kind: 'other', sql: 'text' },
    { kind: 'other', sql: 'text', mapped: true },
    { kind: 'array', of: { kind: 'other', sql: 'text', mapped: true } },
  ]);
});
