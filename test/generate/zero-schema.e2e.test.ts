import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  defineQueries,
  defineQuery,
  mustGetQuery,
  type Query,
  type Schema as AnyZeroSchema,
} from '@rocicorp/zero';
import { handleQueryRequest } from '@rocicorp/zero/server';
import { Database } from '@rocicorp/zero/zqlite';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emitPublication } from '../../src/emit/companion/emit-publication.ts';
import { newId } from '../../src/kit/index.ts';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import { printZeroSchema } from '../../src/emit/zero/print-zero-schema.ts';
import { openClient, type AnyClient } from '../../src/processes/any-client.fixture.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { serveFetch, type FetchServer } from '../../src/processes/serve-fetch.ts';
import { startZeroCache, type ZeroCache } from '../../src/processes/zero-cache.ts';
import { synced, unsupported } from './every-type.fixture.ts';
import { column, relation, schema, table, text, uuid } from './made-schema.fixture.ts';

// One zero-cache for all tests. Types and values must be right both for rows of the initial
// copy and for replicated rows.

const number = { kind: 'integer', bits: 32, as: 'number' } as const;
const model = schema(
  [
    table('everything', [
      text('id'),
      ...Object.entries(synced).map(([key, { type }]) => column(key, type, { notNull: false })),
      ...Object.entries(unsupported).map(([key, [sql]]) =>
        column(key, { kind: 'other', sql }, { notNull: false }),
      ),
      column('stored', number, { notNull: false, generated: 'stored' }),
      column('virtual', number, { notNull: false, generated: 'virtual' }),
      text('secret', { serverOnly: true, notNull: false }),
    ]),
    table('pairs', [text('left'), text('right'), text('note')], { primaryKey: ['right', 'left'] }),
    table('keyless', [text('code'), text('note', { notNull: false })], {
      primaryKey: [],
      uniques: [['code']],
    }),
    table('oddKey', [column('raw', { kind: 'other', sql: 'bytea' }), text('code')], {
      uniques: [['code']],
    }),
    table('appNotes', [text('id'), text('bodyText')], { name: 'notes', schema: 'app' }),
    table('posts', [uuid('id'), text('title')]),
    table('tags', [uuid('id'), text('label')]),
    table('postTags', [uuid('id'), uuid('postId'), uuid('tagId')], {
      uniques: [['postId', 'tagId']],
    }),
  ],
  [
    relation('posts.postTags', 'many', 'id', 'postTags.postId'),
    relation('tags.postTags', 'many', 'id', 'postTags.tagId'),
    relation('postTags.post', 'one', 'postId', 'posts.id'),
    relation('postTags.tag', 'one', 'tagId', 'tags.id'),
  ],
);

const columnNames = (names: readonly string[]): string =>
  names
    .map((name) => `"${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`)
    .join(', ');
const ddl = `
  create schema app;
  create type mood as enum ('sad', 'it''s ok', 'Happy');
  create type app.size as enum ('S', 'L');
  create domain email as text;
  create table everything (id text primary key,
    ${[...Object.entries(synced).map(([key, { ddl: sql }]) => `${columnNames([key])} ${sql}`), ...Object.entries(unsupported).map(([key, [sql]]) => `${columnNames([key])} ${sql}`)].join(',\n')},
    stored int generated always as ("int" / 2) stored,
    virtual int generated always as ("int" / 2) virtual,
    secret text);
  create table pairs ("left" text, "right" text, note text not null, primary key ("left", "right"));
  create table keyless (code text not null unique, note text);
  create table odd_key (raw bytea primary key, code text not null unique);
  create table app.notes (id text primary key, body_text text not null);
  create table posts (id uuid primary key, title text not null);
  create table tags (id uuid primary key, label text not null);
  create table post_tags (id uuid primary key, post_id uuid not null, tag_id uuid not null, unique (post_id, tag_id));
`;
const row = (at: number): string => {
  const keys = [...Object.keys(synced), ...Object.keys(unsupported), 'secret'];
  const values = [
    ...Object.values(synced).map(({ values: [...all] }) => all[at]?.[0]),
    ...Object.values(unsupported).map(([, sql]) => sql),
    "'hidden'",
  ];
  return `insert into everything (id, ${columnNames(keys)}) values ('${at}', ${values.join(', ')});`;
};

interface Generated {
  readonly schema: AnyZeroSchema;
  readonly zql: Readonly<Record<string, Query<string, AnyZeroSchema, Record<string, unknown>>>>;
}

let folder: string;
let sql: postgres.Sql;
let endpoint: FetchServer;
let cache: ZeroCache;
let generated: Generated;
let zero: AnyClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'garden-generated-'));
  await symlink(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
  const { zero: planned, publication } = planZero(model, undefined, {
    tables: {
      everything: { columns: { stored: true } },
      oddKey: { key: ['code'] },
    },
  });
  const outFile = join(folder, 'zero-schema.gen.ts');
  await writeFile(outFile, printZeroSchema(planned, { outFile }));
  generated = (await import(/* @vite-ignore */ pathToFileURL(outFile).href)) as Generated;

  const upstream = await (await sharedPostgres()).createDatabase();
  sql = postgres(upstream, { max: 1, onnotice: () => {} });
  await sql.unsafe(ddl + row(0));
  await sql`insert into pairs values ('a', 'b', 'first')`;
  await sql`insert into keyless values ('k', 'first')`;
  await sql`insert into odd_key values ('\\x01', 'odd')`;
  await sql`insert into app.notes values ('n', 'in app')`;
  for (const object of publication ? emitPublication(publication) : []) {
    for (const statement of object.create.split('--> statement-breakpoint'))
      await sql.unsafe(statement);
  }
  endpoint = await serveFetch(async (request) =>
    Response.json(
      await handleQueryRequest({
        schema: generated.schema,
        request,
        userID: 'ann',
        handler: (name) =>
          mustGetQuery(queries(generated), name).fn({ args: undefined, ctx: undefined as never }),
      }),
    ),
  );
  cache = await startZeroCache({
    upstream,
    publications: ['zero_data'],
    queryUrl: endpoint.url,
  });
  zero = openClient(generated.schema, cache.url, 'ann');
  // Starting a database and a zero-cache can take longer than the default limit of a hook.
}, 150_000);
afterAll(async () => {
  await zero?.close();
  await cache?.stop();
  await endpoint?.stop();
  await sql?.end();
  await rm(folder, { recursive: true, force: true });
});

/** The named queries of the endpoint and the client. */
function queries({ zql }: Generated) {
  return defineQueries({
    ...Object.fromEntries(Object.entries(zql).map(([name, all]) => [name, defineQuery(() => all)])),
    postsWithTags: defineQuery(() => zql['posts']!.related('tags' as never)),
  });
}

type Row = Readonly<Record<string, unknown>>;
const read = async (name: string): Promise<readonly Row[]> => {
  const request = mustGetQuery(queries(generated), name);
  // The table is only known at run time, so its rows have no specific type.
  const rows: unknown = await zero.run(request(undefined), { type: 'complete' });
  return rows as readonly Row[];
};

test('every synced type arrives as the schema declares, copied and replicated', async () => {
  expect(await read('everything')).toHaveLength(1);
  await sql.unsafe(row(1));
  await expect.poll(() => read('everything'), { timeout: 20_000 }).toHaveLength(2);
  const rows = await read('everything');
  for (const [key, { zero: type, values }] of Object.entries(synced)) {
    const found = rows.map((each) => each[key]);
    expect(found, key).toEqual(values.map(([, js]) => js));
    expect(generated.schema.tables['everything']?.columns[key]?.type, key).toBe(type);
    if (type !== 'json')
      expect(new Set(found.map((value) => typeof value)), key).toEqual(new Set([type]));
  }
  // A stored generated column that the settings name, on Postgres 18.
  expect(rows.map((each) => each['stored'])).toEqual([-1073741824, 1073741823]);
});

test('columns that cannot or must not sync are neither in the schema nor in the replica', () => {
  const { columns } = generated.schema.tables['everything']!;
  const names = Object.entries(columns).map(([key, { serverName }]) => serverName ?? key);
  for (const left of [...Object.keys(unsupported), 'virtual', 'secret']) {
    expect(columns).not.toHaveProperty(left);
  }
  // Only zero-cache's own SQLite can read the format of its replica.
  const replica = new Database(SILENT as never, cache.replicaFile, { readonly: true });
  const replicated = replica.prepare('select name from pragma_table_info(?)').all('everything');
  replica.close();
  expect(replicated.map((one) => (one as { name: string }).name)).toEqual([...names, '_0_version']);
  expect(cache.log()).not.toMatch(/does not yet support/);
});

const SILENT = { withContext: () => SILENT };

test.each([
  [
    'a composite key',
    'pairs',
    { left: 'a', right: 'b', note: 'first' },
    "update pairs set note = 'changed'",
    { note: 'changed' },
  ],
  [
    'a unique constraint as key',
    'keyless',
    { code: 'k', note: 'first' },
    "update keyless set note = 'changed'",
    { note: 'changed' },
  ],
  [
    'a unique constraint instead of a primary key that cannot sync',
    'oddKey',
    { code: 'odd' },
    "update odd_key set code = 'even'",
    { code: 'even' },
  ],
  [
    'a schema other than public',
    'appNotes',
    { id: 'n', bodyText: 'in app' },
    "update app.notes set body_text = 'changed'",
    { bodyText: 'changed' },
  ],
])('%s: rows are copied and follow changes', async (_, name, first, change, then) => {
  expect(await read(name)).toMatchObject([first]);
  await sql.unsafe(change);
  await expect.poll(() => read(name), { timeout: 20_000 }).toMatchObject([then]);
});

test('a relation through a join table returns the rows of the other side', async () => {
  const [post, tag, link] = [newId(), newId(), newId()];
  await sql`insert into posts values (${post}, 'on types')`;
  await sql`insert into tags values (${tag}, 'zero')`;
  await sql`insert into post_tags values (${link}, ${post}, ${tag})`;
  await expect
    .poll(() => read('postsWithTags'), { timeout: 20_000 })
    .toMatchObject([{ title: 'on types', tags: [{ label: 'zero' }] }]);
});
