import type { PGlite } from '@electric-sql/pglite';
import { isNotNull, isNull, sql } from 'drizzle-orm';
import {
  foreignKey,
  index,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtInRules } from '../../src/check/built-in-rules.ts';
import type { LintInput } from '../../src/check/lint-rule.ts';
import { runRules } from '../../src/check/run-rules.ts';
import type { Schema } from '../../src/model/schema.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { catalogOf, definitionsOf, statementsOf } from '../catalog/made-database.ts';

/** Mistakes that other linters miss, and correct schemas that they report. */

const users = pgTable('users', { id: uuid('id').primaryKey() });
const places = pgTable('places', { country: text('country'), city: text('city') }, (t) => [
  primaryKey({ columns: [t.country, t.city] }),
]);
const columns = {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id),
  country: text('country').notNull(),
  city: text('city').notNull(),
  deletedAt: timestamp('deleted_at', { withTimezone: true }),
};

let db: PGlite;
beforeAll(async () => {
  db = await blankPostgres();
});
afterAll(() => db.close());

const found = (schema: Schema, code: string, input: LintInput) =>
  runRules(schema, { rules: builtInRules.filter((rule) => rule.code === code), input }).map(
    ({ object }) => object?.replace('public.notes.', ''),
  );

async function databaseAfter(statements: readonly string[]): Promise<Schema> {
  await db.exec('begin');
  try {
    for (const statement of statements) await db.exec(statement);
    return await catalogOf(db);
  } finally {
    await db.exec('rollback');
  }
}

test.each<[what: string, code: string, notes: object, objects: readonly string[]]>([
  [
    'a partial index with another condition serves no foreign key',
    'foreign-key-index',
    pgTable('notes', columns, (t) => [index('a').on(t.authorId).where(isNull(t.deletedAt))]),
    ['author_id'],
  ],
  [
    'nor does one with a condition other than IS NOT NULL',
    'foreign-key-index',
    pgTable('notes', columns, (t) => [
      index('a')
        .on(t.authorId)
        .where(sql`${t.authorId} is not null and ${t.city} <> 'x'`),
    ]),
    ['author_id'],
  ],
  [
    'nor does a BRIN index',
    'foreign-key-index',
    pgTable('notes', columns, (t) => [index('a').using('brin', t.authorId)]),
    ['author_id'],
  ],
  [
    'nor does a column behind another one',
    'foreign-key-index',
    pgTable('notes', columns, (t) => [index('a').on(t.city, t.authorId)]),
    ['author_id'],
  ],
  [
    'an index on IS NOT NULL does, and so do the columns of a key in another order',
    'foreign-key-index',
    pgTable('notes', columns, (t) => [
      index('a').on(t.authorId).where(isNotNull(t.authorId)),
      foreignKey({
        columns: [t.country, t.city],
        foreignColumns: [places.country, places.city],
      }),
      index('b').on(t.city, t.country),
    ]),
    [],
  ],
  [
    'a bare call is found next to one in a subquery',
    'policy-call-per-row',
    pgTable('notes', columns, (t) => [
      pgPolicy('p', {
        using: sql`${t.city} = (select current_setting('a.b')) or ${t.country} = current_setting('a.c')`,
      }),
    ]),
    ['p'],
  ],
  [
    'and in a subquery that runs for each row',
    'policy-call-per-row',
    pgTable('notes', columns, (t) => [
      pgPolicy('p', {
        using: sql`exists (select 1 from users u where u.id = ${t.authorId} and u.id::text = current_setting('a.c'))`,
      }),
    ]),
    ['p'],
  ],
  [
    'the beginning of a key is covered, and so is a plain index by a unique one',
    'redundant-index',
    pgTable('notes', columns, (t) => [
      index('a').on(t.id),
      uniqueIndex('b').on(t.city, t.country),
      index('c').on(t.city),
      index('d').on(t.city, t.country),
      index('e').on(t.country),
    ]),
    ['a', 'c', 'd'],
  ],
  [
    'of two equal indexes one is reported',
    'redundant-index',
    pgTable('notes', columns, (t) => [index('a').on(t.city), index('b').on(t.city)]),
    ['b'],
  ],
])('%s', async (_, rule, notes, objects) => {
  const code = `lint/${rule}`;
  const exports = { users, places, notes };
  expect(found(definitionsOf(exports), code, 'definitions')).toEqual(objects);
  const database = await databaseAfter(await statementsOf(exports));
  expect(found(database, code, 'database')).toEqual(objects);
});

test('an INCLUDE column does not serve a foreign key', async () => {
  const database = await databaseAfter([
    `create table users (id uuid primary key);
     create table notes (id uuid primary key, city text, author_id uuid references users);
     create index a on notes (city) include (author_id);`,
  ]);
  expect(found(database, 'lint/foreign-key-index', 'database')).toEqual(['author_id']);
});
