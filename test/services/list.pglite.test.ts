import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServices, ServiceError, type Services } from '../../src/server.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { install } from '../kit/install.ts';
import { ANN, BEN, newNote, ROWS, schema } from './team-schema.ts';

let client: PGlite;
let services: Services<typeof schema>;
beforeAll(async () => {
  client = await blankPostgres();
  await install(client, schema);
  await client.exec(ROWS);
  services = createServices(schema, { db: drizzle(client) });
  const rows = Array.from({ length: 25 }, (_, at) =>
    newNote(at, {
      title: `note ${at % 3}`,
      stars: at % 5 === 0 ? null : at % 4,
      pinned: at % 2 === 0,
      state: at % 2 === 0 ? 'open' : 'draft',
    }),
  );
  await services.as({ sub: ANN }).notes.createMany(rows);
});
afterAll(() => client.close());

const numbers = (rows: readonly { readonly createdAt: Date }[]): readonly number[] =>
  rows.map(({ createdAt }) => createdAt.getTime() - 1_700_000_000_000);
const notes = () => services.as({ sub: ANN }).notes;

test.each([
  [{}],
  [{ order: { createdAt: 'desc' } }],
  [{ order: { title: 'asc', stars: 'desc' } }],
  [{ where: { state: 'open' }, order: { stars: 'asc' } }],
] as const)('pages by cursor and by offset have every row once: %o', async (options) => {
  const everything = await notes().list({ ...options, limit: 1000 });
  expect(everything.next).toBeUndefined();
  const pages: (readonly { readonly createdAt: Date }[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await notes().list({ ...options, limit: 4, ...(cursor && { cursor }) });
    pages.push(page.rows);
    cursor = page.next;
  } while (cursor !== undefined);
  expect(numbers(pages.flat())).toEqual(numbers(everything.rows));
  expect(new Set(numbers(pages.flat())).size).toBe(everything.rows.length);
  const { rows } = await notes().list({ ...options, limit: 4, offset: 8 });
  expect(numbers(rows)).toEqual(numbers(everything.rows.slice(8, 12)));
});

test.each([
  [{ stars: 2 }, (at: number) => at % 5 !== 0 && at % 4 === 2],
  [{ stars: null }, (at: number) => at % 5 === 0],
  [{ stars: { ne: null } }, (at: number) => at % 5 !== 0],
  [{ stars: { ne: 2 } }, (at: number) => at % 5 === 0 || at % 4 !== 2],
  [{ stars: { gte: 1, lt: 3 } }, (at: number) => at % 5 !== 0 && [1, 2].includes(at % 4)],
  [{ stars: { in: [0, 3] } }, (at: number) => at % 5 !== 0 && [0, 3].includes(at % 4)],
  [{ stars: { in: [] } }, () => false],
  [{ pinned: false, title: 'note 1' }, (at: number) => at % 2 === 1 && at % 3 === 1],
  [
    { createdAt: { gt: newNote(20).createdAt, lte: newNote(23).createdAt } },
    (at: number) => at > 20 && at <= 23,
  ],
  [{ authorId: BEN }, () => false],
  [{ stars: undefined }, () => true],
] as const)('the filter %o', async (where, holds) => {
  const { rows } = await notes().list({ where, columns: ['createdAt'] });
  expect(numbers(rows)).toEqual(Array.from({ length: 25 }, (_, at) => at).filter(holds));
});

test('only the named columns are returned, and the cursor works without those of the order', async () => {
  const first = await notes().list({ columns: ['title'], order: { createdAt: 'desc' }, limit: 1 });
  expect(first.rows).toEqual([{ title: 'note 0' }]);
  const next = {
    columns: ['title'],
    order: { createdAt: 'desc' },
    limit: 1,
    cursor: first.next!,
  } as const;
  expect((await notes().list(next)).rows).toEqual([{ title: 'note 2' }]);
});

test.each([
  [{ where: { nothing: 1 } }, ['where', 'nothing']],
  [{ where: { data: {} } }, ['where', 'data']],
  [{ where: { stars: 'x' } }, ['where', 'stars']],
  [{ where: { stars: Number.NaN } }, ['where', 'stars']],
  [{ where: { createdAt: new Date(Number.NaN) } }, ['where', 'createdAt']],
  [{ where: { stars: { like: 1 } } }, ['where', 'stars']],
  [{ where: { stars: { in: 1 } } }, ['where', 'stars']],
  [{ where: 'stars' }, ['where']],
  [{ where: { constructor: 1 } }, ['where', 'constructor']],
  [{ order: { data: 'asc' } }, ['order', 'data']],
  [{ order: { title: 'down' } }, ['order', 'title']],
  [{ limit: 0 }, ['limit']],
  [{ limit: 1001 }, ['limit']],
  [{ offset: -1 }, ['offset']],
  [{ cursor: 'x' }, ['cursor']],
  [{ cursor: 'x', offset: 1 }, ['cursor']],
  [{ columns: ['nothing'] }, ['columns']],
])('the options %o are invalid', async (options, path) => {
  const error: unknown = await notes()
    .list(options as never)
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ServiceError);
  expect((error as ServiceError).failure).toMatchObject({ code: 'invalid', issues: [{ path }] });
});

test('the cursor of another list is invalid', async () => {
  const { next } = await notes().list({ limit: 1 });
  await expect(notes().list({ limit: 1, order: { title: 'asc' }, cursor: next! })).rejects.toThrow(
    'notes: cursor does not belong to these pages.',
  );
});

test('a malformed value that only Postgres can judge is invalid', async () => {
  await expect(notes().list({ where: { authorId: 'no uuid' } })).rejects.toThrow(
    'notes: a value does not fit its column.',
  );
});

test('tables of plain Drizzle without rules are served as the login role', async () => {
  const plain = pgTable('plain', {
    number: integer('number').primaryKey(),
    word: text('word'),
    at: timestamp('at', { withTimezone: true, precision: 3 }),
  });
  const keyless = pgTable('keyless', { word: text('word') });
  await client.exec(`create table plain (number int primary key, word text, at timestamptz(3));
    create table keyless (word text)`);
  const { plain: rows, keyless: others } = createServices(
    { plain, keyless },
    { db: drizzle(client), role: false },
  ).as({});
  await rows.createMany([{ number: 2 }, { number: 1, word: 'x' }]);
  expect((await rows.list({ columns: ['number'] })).rows).toEqual([{ number: 1 }, { number: 2 }]);
  expect(await rows.update(2, { word: 'y' })).toEqual({ number: 2, word: 'y', at: null });
  expect(await others.create({ word: 'x' })).toEqual({ word: 'x' });
  await expect(others.list()).rejects.toMatchObject({ problem: { code: 'services/no-key' } });
});

test('a table that is not migrated is a problem, not a failure', async () => {
  const absent = pgTable('absent', { id: integer('id').primaryKey() });
  const served = createServices({ absent }, { db: drizzle(client) }).as({});
  await expect(served.absent.list()).rejects.toMatchObject({
    problem: { code: 'services/not-migrated' },
  });
});
